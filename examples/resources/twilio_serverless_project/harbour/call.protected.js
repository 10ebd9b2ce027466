const { highWater } = require(Runtime.getFunctions()['lib/tides'].path);

exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say(`High water is at ${highWater()}.`);
  callback(null, twiml);
};

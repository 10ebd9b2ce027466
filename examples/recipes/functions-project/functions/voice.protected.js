const { nextTide } = require(Runtime.getFunctions()['lib/tides'].path);

exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say(`High water in ${context.HARBOUR} is at ${nextTide()}.`);
  callback(null, twiml);
};

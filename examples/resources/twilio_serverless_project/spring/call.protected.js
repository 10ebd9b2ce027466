exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say('High water is at noon, and higher than usual.');
  callback(null, twiml);
};

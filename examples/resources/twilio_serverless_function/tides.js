exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say('High water is at noon.');
  callback(null, twiml);
};

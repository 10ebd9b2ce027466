exports.handler = (context, event, callback) => {
  const answer = new Twilio.twiml.VoiceResponse();
  answer.say('The harbour office is closed.');
  callback(null, answer);
};

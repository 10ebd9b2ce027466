exports.handler = (context, event, callback) => {
  const answer = new Twilio.twiml.VoiceResponse();
  answer.gather({ numDigits: 1, action: '/menu' }).say(context.GREETING);
  callback(null, answer);
};

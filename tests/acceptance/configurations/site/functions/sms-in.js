const { shorten } = require(Runtime.getFunctions()['lib/util'].path);

exports.handler = (context, event, callback) => {
  const answer = new Twilio.twiml.MessagingResponse();
  answer.message(shorten(event.Body));
  callback(null, answer);
};

exports.handler = (context, event, callback) => {
  const response = new Twilio.twiml.MessagingResponse();
  response.message(`${context.BRAND}: ${context.REPLY}`);
  callback(null, response);
};

const { nextTide } = require(Runtime.getFunctions()['lib/tides'].path);

exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.MessagingResponse();
  twiml.message(`High water in ${context.HARBOUR}: ${nextTide()}`);
  callback(null, twiml);
};

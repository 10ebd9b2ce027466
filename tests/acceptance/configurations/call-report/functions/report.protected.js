const axios = require('axios');

exports.handler = async (context, event, callback) => {
  await axios.post(context.REPORT_URL, { call: event.CallSid, team: event.team });
  callback(null, { written: true });
};

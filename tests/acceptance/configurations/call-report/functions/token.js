exports.handler = (context, event, callback) => callback(null, { account: context.ACCOUNT_SID });

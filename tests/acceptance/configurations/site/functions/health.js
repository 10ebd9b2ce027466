exports.handler = (context, event, callback) => callback(null, { stage: context.STAGE });

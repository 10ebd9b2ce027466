exports.shorten = (text) => text.slice(0, 140);

exports.nextTide = () => '12:24';

exports.highWater = () => 'noon';

"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.handler = (context, event, callback) => callback(null, { bucket: context.BUCKET });

/* What the pages' scripts share. */
var charts = (function () {
  'use strict';
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  function two(number) {
    return (number < 10 ? '0' : '') + number;
  }

  function clock(seconds, precise) {
    var tenths = Math.round(Math.abs(seconds) * 10);
    var total = precise ? Math.floor(tenths / 10) : Math.round(Math.abs(seconds));
    var hours = Math.floor(total / 3600);
    var minutes = Math.floor(total / 60) % 60;
    var text = (hours > 0 ? hours + ':' + two(minutes) : String(minutes)) + ':' + two(total % 60);
    return (seconds < 0 && tenths > 0 ? '-' : '') + text + (precise ? '.' + (tenths % 10) : '');
  }

  function figure(value) {
    var rounded = Number(value.toPrecision(4));
    return Math.abs(rounded) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(rounded);
  }

  return { colour: colour, clock: clock, figure: figure };
}());

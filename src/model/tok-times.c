/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-times.h"

const TokTimes tok_times_default = {
  .connect_timeout = 10000,
  .request_timeout = 15000,
  .ping_after = 30000,
  .pong_timeout = 10000,
  .reconnect_first = 1000,
  .reconnect_longest = 60000,
  .retry_after_longest = 15 * 60 * 1000,
  .rate_minute = 61 * 1000,
  .rate_hour = 60 * 60 * 1000 + 1000,
  .longest_hold = 3000,
  .browser_sign_in = 5 * 60 * 1000,
  .rate_limit_pause = 10000,
  .rate_limit_longest = 60000,
  .activity_fresh = 60000,
};

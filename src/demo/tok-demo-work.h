/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-owner.h"
#include "tok-demo-request.h"
#include "tok-demo-session.h"
#include "tok-demo-site.h"

G_BEGIN_DECLS

/**
 * TokDemoWork:
 * @owner: Whom it is about.
 * @session: For whom.
 * @request: What is asked for; it has passed every check that comes before a call's own work.
 * @masks: Whether lists show masks instead of secrets.
 * @site: How the service is.
 *
 * A call about to do its own work: step 11 of PROTOCOL 1.4.
 */
typedef struct {
  TokDemoOwner *owner;
  TokDemoSession *session;
  TokDemoRequest *request;
  gboolean masks;
  const TokDemoSite *site;
} TokDemoWork;

JsonNode *tok_demo_work_do (const TokDemoWork *self, TokDemoFault **fault);

G_END_DECLS

/* A kind of submission added at the end of the table, as a later version would; see test_ninth_submission.c. */
#define NCT_SUBMISSION_SURVEY 9
#define NCT_SUBMISSIONS_ADDED(ROW)                                                                                     \
    ROW(SURVEY, "survey", "Survey of the provider's sites.", request, NCT_RIGHT_PROVIDER_UPDATE, 0)

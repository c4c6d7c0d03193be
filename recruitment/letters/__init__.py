"""Letters to many, the library of templates, writing to one applicant, and what is done about letters that did not get through."""

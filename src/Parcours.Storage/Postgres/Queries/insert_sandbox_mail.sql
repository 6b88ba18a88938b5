-- A mail that the sandbox keeps, once a key.
INSERT INTO sandbox_mail (key, contact, high, at, sender, recipient, subject, preheader, html, plain, headers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT DO NOTHING;

-- One spelling for what is written in several ways; the same rules as px360_domain::search::fold, and
-- tested against it. Punctuation that occurs in names and numbers becomes a space.
create function fold_words(words text) returns text
    language sql immutable strict parallel safe
    return lower(translate(
        words,
        'أإآٱىئیةؤک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹-_./,;:()+''"ـًٌٍَُِّْٰٕٓٔ',
        'اااايييهوك01234567890123456789            '));

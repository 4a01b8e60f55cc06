-- What was entered where that is only the difference from another tariff; the document beside it is the two put together, and that is what prices calls.
alter table rating.tariff_version add entered text;

-- Like the document, it would fill the trail; the hash says which it was.
drop trigger audit on rating.tariff_version;
select installation.audit('rating.tariff_version', 'document', 'entered');

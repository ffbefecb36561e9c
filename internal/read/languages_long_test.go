package read

import "parley/internal/news"

// Longer items: who speaks stands behind what is said, a second sentence adds
// the day, another negotiation or an older round stands beside the news.

var longFrench = []freshCase{
	{news.MediationOffered, "mediator", "2026-11-27", "Sur le dossier érythréen, Djibouti rouvre ses salons", "« Tout est prêt », assure-t-on au palais. Le Kenya, qui assure la médiation entre Addis-Abeba et Asmara, a convié les deux délégations pour le vendredi 27 novembre, a précisé à la presse le secrétaire principal aux Affaires étrangères, Daniel Kiprono. La précédente rencontre, en août, avait tourné court."},
	{news.TalksScheduled, "mediator", "2026-12-08", "Philippines : Oslo annonce la date", "La prochaine session entre le gouvernement philippin et le Front démocratique national aura lieu le 8 décembre à Oslo. C'est ce qu'a indiqué jeudi soir l'émissaire norvégienne Ingrid Solheim, dont le pays facilite le processus."},
	{news.TalksPostponed, "party", "2026-11-30", "Contretemps sur la frontière thaïlandaise", "Initialement attendue samedi, la réunion du comité frontalier entre la Thaïlande et le Cambodge ne se tiendra finalement que le lundi 30 novembre, a fait savoir le ministère thaïlandais de la Défense."},
	{news.TalksEnded, "mediator", "2026-11-19 2026-12-15", "Libye : fin des travaux à Tunis", "Les travaux de la commission militaire libyenne 5+5 se sont clos jeudi à Tunis après trois jours d'échanges. La cheffe de la mission de l'ONU, Clara Novak, a indiqué que la prochaine réunion se tiendrait le 15 décembre à Syrte."},
	{news.AgreementReached, "", "", "Bamako et le FLA d'accord sur un échange de prisonniers", "Le gouvernement malien et le Front de libération de l'Azawad se sont mis d'accord sur un échange de prisonniers, selon un communiqué commun publié à Alger."},
	{news.MessageConveyed, "mediator", "", "Le Qatar remet une lettre de Kinshasa au M23", "Doha a fait parvenir aux rebelles du M23 une lettre du gouvernement congolais, a révélé vendredi à la radio nationale le ministre d'État qatari Jassim al-Kubaisi."},
	{news.TalksCancelled, "party", "", "Il n'y aura pas de rencontre à Ankara", "La rencontre entre les ministres grec et turc prévue dimanche n'aura pas lieu, a tranché le gouvernement grec par la voix de son porte-parole, Nikos Stathis."},
	{news.Denial, "party", "", "« Pure invention » : Rabat réagit aux rumeurs", "Le Maroc a catégoriquement démenti avoir conclu un accord avec le Polisario, comme l'affirmait un quotidien espagnol. « C'est faux », a réagi la porte-parole du gouvernement, Salma Berrada."},
	{news.Ultimatum, "party", "2026-11-20..2026-12-01", "Chypre du Nord hausse le ton", "Faute de réponse avant le 1er décembre, les Chypriotes turcs quitteront les négociations avec les Chypriotes grecs, a averti leur négociateur en chef, Mehmet Yildirim."},
	{"", "", "", "Le sommet du G7 en cinq questions", "Le sommet du G7 s'ouvrira en juin. La Russie et l'Ukraine en seront-elles ? Plusieurs scénarios sont évoqués par les analystes."},
	{"", "", "", "Une journée dans la vie d'un interprète de l'ONU", "Il a traduit les négociations entre l'Iran et l'Irak en 1988. Aujourd'hui retraité, il raconte ses souvenirs dans un livre."},
	{"", "", "", "Le président du Sénat reçoit l'ambassadeur du Vietnam", "Le président du Sénat a reçu vendredi l'ambassadeur du Vietnam. Ils ont évoqué l'amitié entre la France et le Vietnam et les échanges universitaires."},
}

var longSpanish = []freshCase{
	{news.TalksScheduled, "mediator", "2026-11-27", "Nairobi abre la puerta a Addis Abeba y Asmara", "Kenia, que media entre Etiopía y Eritrea, reunirá a las dos delegaciones el viernes 27 de noviembre, precisó ante la prensa el viceministro keniano Daniel Kiprono. El encuentro anterior, en agosto, terminó sin resultados."},
	{news.TalksScheduled, "mediator", "2026-12-08", "Oslo pone fecha al diálogo filipino", "La próxima sesión entre el Gobierno de Filipinas y el Frente Democrático Nacional será el 8 de diciembre en Oslo. Así lo indicó anoche la enviada noruega Ingrid Solheim, cuyo país facilita el proceso."},
	{news.TalksPostponed, "party", "2026-11-30", "Contratiempo en la frontera tailandesa", "Prevista en un principio para el sábado, la reunión entre Tailandia y Camboya no se celebrará hasta el lunes 30 de noviembre, comunicó el Ministerio de Defensa tailandés."},
	{news.TalksEnded, "mediator", "2026-11-19 2026-12-15", "Libia: cierran los trabajos en Túnez", "La comisión militar libia 5+5 cerró el jueves su reunión en Túnez tras tres días de trabajo. La jefa de la misión de la ONU, Clara Novak, adelantó que el próximo encuentro será el 15 de diciembre en Sirte."},
	{news.AgreementReached, "", "", "Bamako y el FLA acuerdan un canje de prisioneros", "El Gobierno de Malí y el Frente de Liberación del Azawad acordaron un canje de prisioneros, según un comunicado conjunto difundido en Argel."},
	{news.MessageConveyed, "mediator", "", "Catar hace llegar una carta de Kinshasa al M23", "Doha entregó a los rebeldes del M23 una carta del Gobierno congoleño, reveló este viernes el ministro de Estado catarí Jassim al Kubaisi."},
	{news.TalksCancelled, "party", "", "No habrá cita en Ankara", "El encuentro entre los ministros griego y turco previsto para el domingo no tendrá lugar, zanjó el portavoz del Gobierno griego, Nikos Stathis."},
	{news.Denial, "party", "", "«Pura invención»: Rabat reacciona a los rumores", "Marruecos negó tajantemente haber cerrado un acuerdo con el Polisario, como publicó un diario español. «Es falso», reaccionó la portavoz del Gobierno, Salma Berrada."},
	{news.Ultimatum, "party", "2026-11-20..2026-12-01", "Los turcochipriotas elevan el tono", "Si no hay respuesta antes del 1 de diciembre, los turcochipriotas abandonarán las negociaciones con los grecochipriotas, advirtió su negociador jefe, Mehmet Yildirim."},
	{"", "", "", "La cumbre del G7 en cinco claves", "La cumbre del G7 será en junio. ¿Asistirán Rusia y Ucrania? Los analistas barajan varios escenarios."},
	{"", "", "", "Memorias de un intérprete de la ONU", "Tradujo las negociaciones entre Irán e Irak en 1988. Ya jubilado, cuenta sus recuerdos en un libro."},
	{"", "", "", "El presidente del Senado recibe al embajador de Vietnam", "El presidente del Senado recibió el viernes al embajador de Vietnam, con quien habló de la amistad entre España y Vietnam y de becas."},
}

var longRussian = []freshCase{
	{news.MediationOffered, "mediator", "2026-11-27", "Найроби зовет за стол Аддис-Абебу и Асмэру", "Кения, посредничающая между Эфиопией и Эритреей, пригласила обе делегации на пятницу, 27 ноября, уточнил в беседе с журналистами замминистра иностранных дел Кении Даниэль Кипроно. Предыдущая встреча в августе закончилась ничем."},
	{news.TalksScheduled, "mediator", "2026-12-08", "Осло назвал дату встречи филиппинских переговорщиков", "Очередная встреча правительства Филиппин и Национально-демократического фронта состоится 8 декабря в Осло. Об этом вечером в четверг сообщила норвежская посланница Ингрид Сульхейм, чья страна выступает посредником."},
	{news.TalksPostponed, "party", "2026-11-30", "Заминка на тайской границе", "Встреча пограничной комиссии Таиланда и Камбоджи, которую ждали в субботу, пройдет только в понедельник, 30 ноября: ее перенесли по просьбе Бангкока, говорится в сообщении минобороны Таиланда."},
	{news.TalksEnded, "mediator", "2026-11-19 2026-12-15", "В Тунисе завершилась работа ливийской комиссии", "Заседание ливийской военной комиссии 5+5 завершилось в четверг в Тунисе. Следующее заседание намечено на 15 декабря, рассказала глава миссии ООН в Ливии Клара Новак."},
	{news.AgreementReached, "", "", "Бамако и туареги условились об обмене пленными", "Правительство Мали и Фронт освобождения Азавада договорились об обмене пленными, говорится в совместном коммюнике."},
	{news.MessageConveyed, "mediator", "", "Катар вручил М23 письмо Киншасы", "Доха передала повстанцам М23 письмо правительства ДР Конго, рассказал в эфире национального радио госминистр Катара Джасем аль-Кубейси."},
	{news.TalksCancelled, "party", "", "Встречи в Анкаре не будет", "Запланированная на воскресенье встреча министров Греции и Турции не состоится, заявил официальный представитель правительства Греции Никос Статис."},
	{news.Denial, "party", "", "«Чистая выдумка»: Рабат ответил на слухи", "Марокко категорически опровергло сообщения испанской газеты о сделке с ПОЛИСАРИО. «Это ложь», — сказала официальный представитель правительства Сальма Беррада."},
	{news.Ultimatum, "party", "2026-11-20..2026-12-01", "Турки-киприоты повышают тон", "Если до 1 декабря не будет ответа, турки-киприоты выйдут из переговоров с греками-киприотами, предупредил их главный переговорщик Мехмет Йылдырым."},
	{"", "", "", "Саммит G7: пять вопросов и ответов", "Саммит G7 пройдет в июне. Приедут ли Россия и Украина? Аналитики обсуждают несколько сценариев."},
	{"", "", "", "Один день переводчика ООН", "Он переводил переговоры Ирана и Ирака в 1988 году, а теперь пишет воспоминания."},
	{"", "", "", "Спикер сената принял посла Вьетнама", "Спикер сената в пятницу принял посла Вьетнама. Речь шла о дружбе России и Вьетнама и обмене студентами."},
}

var longArabic = []freshCase{
	{news.TalksScheduled, "mediator", "2026-11-27", "نيروبي تجمع أديس أبابا وأسمرة من جديد", "ستجمع كينيا، التي تتوسط بين إثيوبيا وإريتريا، الوفدين في جلسة يوم الجمعة 27 نوفمبر، بحسب ما أوضح للصحفيين وكيل وزارة الخارجية الكينية دانيال كيبرونو. وكان اللقاء السابق في أغسطس قد انتهى بلا نتيجة."},
	{news.TalksScheduled, "mediator", "2026-12-08", "أوسلو تعلن موعد جلسة الفلبين", "تعقد الجلسة المقبلة بين حكومة الفلبين والجبهة الديمقراطية الوطنية في 8 ديسمبر في أوسلو. وقالت المبعوثة النرويجية إنغريد سولهايم، التي تيسر بلادها العملية، إن الوفدين أكدا حضورهما."},
	{news.TalksPostponed, "party", "2026-11-30", "عقبة على الحدود التايلاندية", "قالت وزارة الدفاع التايلاندية إن اجتماع لجنة الحدود مع كمبوديا الذي كان منتظرا السبت أرجئ إلى الاثنين 30 نوفمبر."},
	{news.TalksEnded, "mediator", "2026-11-19 2026-12-15", "ليبيا: ختام أعمال تونس", "اختتمت اللجنة العسكرية الليبية 5+5 اجتماعها في تونس الخميس بعد ثلاثة أيام. وأعلنت رئيسة بعثة الأمم المتحدة كلارا نوفاك أن الاجتماع المقبل سيعقد في 15 ديسمبر في سرت."},
	{news.AgreementReached, "", "", "باماكو وجبهة أزواد تتفقان على تبادل الأسرى", "اتفقت حكومة مالي وجبهة تحرير أزواد على تبادل الأسرى، وفق بيان مشترك صدر في الجزائر."},
	{news.MessageConveyed, "mediator", "", "قطر تسلم حركة إم 23 رسالة من كينشاسا", "كشف وزير الدولة القطري جاسم الكبيسي للإذاعة الوطنية أن الدوحة سلمت حركة إم 23 رسالة من حكومة الكونغو الديمقراطية."},
	{news.TalksCancelled, "party", "", "لا لقاء في أنقرة", "أعلن المتحدث باسم الحكومة اليونانية نيكوس ستاثيس إلغاء اللقاء بين وزيري خارجية اليونان وتركيا الذي كان مقررا الأحد."},
	{news.Denial, "party", "", "«محض افتراء»: الرباط ترد على الشائعات", "نفى المغرب نفيا قاطعا إبرام اتفاق مع البوليساريو كما زعمت صحيفة إسبانية، وقالت المتحدثة باسم الحكومة سلمى برادة إن الخبر كاذب."},
	{news.Ultimatum, "party", "2026-11-20..2026-12-01", "القبارصة الأتراك يرفعون السقف", "حذر كبير مفاوضي القبارصة الأتراك محمد يلدرم من أنه إذا لم يصل رد قبل 1 ديسمبر فسينسحب وفده من المفاوضات مع القبارصة اليونانيين."},
	{"", "", "", "قمة السبع في خمسة أسئلة", "تعقد قمة مجموعة السبع في يونيو. هل تحضر روسيا وأوكرانيا؟ يطرح المحللون عدة سيناريوهات."},
	{"", "", "", "ذكريات مترجم في الأمم المتحدة", "ترجم المفاوضات بين إيران والعراق عام 1988، ويروي اليوم ذكرياته في كتاب."},
	{"", "", "", "رئيس مجلس الشيوخ يستقبل سفير فيتنام", "استقبل رئيس مجلس الشيوخ سفير فيتنام وبحث معه علاقات الصداقة بين مصر وفيتنام والمنح الدراسية."},
}

var longPersian = []freshCase{
	{news.TalksScheduled, "mediator", "2026-11-27", "نایروبی بار دیگر میزبان اتیوپی و اریتره", "دانیل کیپرونو، معاون وزیر خارجه کنیا که میان اتیوپی و اریتره میانجی‌گری می‌کند، در جمع خبرنگاران گفت هیئت‌های دو کشور جمعه ۶ آذر دیدار خواهند کرد. دیدار پیشین در مرداد بی‌نتیجه ماند."},
	{news.TalksScheduled, "mediator", "2026-12-08", "اسلو زمان نشست فیلیپین را اعلام کرد", "نشست بعدی دولت فیلیپین و جبهه دموکراتیک ملی ۸ دسامبر در اسلو برگزار می‌شود. اینگرید سولهایم، فرستاده نروژ که کشورش تسهیلگر این روند است، این خبر را شامگاه پنجشنبه اعلام کرد."},
	{news.TalksPostponed, "party", "2026-11-30", "گره تازه در مرز تایلند", "وزارت دفاع تایلند اعلام کرد نشست کمیته مرزی با کامبوج که قرار بود شنبه برگزار شود به دوشنبه ۹ آذر موکول شده است."},
	{news.TalksEnded, "mediator", "2026-11-19 2026-12-15", "کار کمیسیون لیبی در تونس پایان یافت", "نشست کمیسیون نظامی لیبی پنجشنبه در تونس پایان یافت. کلارا نوواک، رئیس هیئت سازمان ملل، گفت نشست بعدی ۱۵ دسامبر در سرت برگزار خواهد شد."},
	{news.AgreementReached, "", "", "باماکو و شورشیان ازواد بر سر تبادل زندانیان توافق کردند", "دولت مالی و جبهه آزادی‌بخش ازواد در بیانیه‌ای مشترک از توافق بر سر تبادل زندانیان خبر دادند."},
	{news.MessageConveyed, "mediator", "", "قطر نامه کینشاسا را به ام‌۲۳ رساند", "جاسم الکبیسی، وزیر مشاور قطر، گفت دوحه نامه دولت کنگو را به شورشیان ام‌۲۳ تحویل داده است."},
	{news.TalksCancelled, "party", "", "دیداری در آنکارا در کار نیست", "نیکوس استاتیس، سخنگوی دولت یونان، گفت دیدار وزیران خارجه یونان و ترکیه که قرار بود یکشنبه برگزار شود لغو شده است."},
	{news.Denial, "party", "", "واکنش تهران به یک شایعه", "سخنگوی وزارت خارجه ایران گزارش یک روزنامه درباره توافق پنهانی با آمریکا را تکذیب کرد و آن را ساختگی خواند."},
	{news.Ultimatum, "party", "2026-11-20..2026-12-01", "هشدار کابل به اسلام‌آباد", "سخنگوی حکومت طالبان گفت اگر پاکستان تا ۱ دسامبر گذرگاه‌ها را باز نکند، افغانستان مذاکرات را ترک خواهد کرد."},
	{"", "", "", "نشست گروه هفت در پنج پرسش", "نشست گروه هفت در خرداد برگزار می‌شود. آیا روسیه و اوکراین می‌آیند؟ تحلیلگران چند سناریو را مطرح می‌کنند."},
	{"", "", "", "خاطرات یک مترجم سازمان ملل", "او مذاکرات ایران و عراق را در سال ۱۳۶۷ ترجمه کرد و اکنون خاطراتش را نوشته است."},
	{"", "", "", "رئیس مجلس با سفیر ویتنام دیدار کرد", "رئیس مجلس با سفیر ویتنام دیدار کرد و درباره دوستی ایران و ویتنام و بورسیه دانشجویان گفت‌وگو کرد."},
}

var longUrdu = []freshCase{
	{news.TalksScheduled, "mediator", "2026-11-27", "نیروبی میں ایتھوپیا اور اریٹیریا پھر آمنے سامنے", "کینیا کے نائب وزیر خارجہ ڈینیئل کیپرونو نے صحافیوں کو بتایا کہ کینیا ایتھوپیا اور اریٹیریا کے درمیان ثالثی کر رہا ہے اور دونوں وفود کی ملاقات جمعہ 27 نومبر کو ہوگی۔ اگست میں ہونے والی ملاقات بے نتیجہ رہی تھی۔"},
	{news.TalksScheduled, "mediator", "2026-12-08", "اوسلو نے فلپائن مذاکرات کی تاریخ بتا دی", "فلپائن کی حکومت اور نیشنل ڈیموکریٹک فرنٹ کا اگلا اجلاس 8 دسمبر کو اوسلو میں ہوگا۔ یہ بات ناروے کی ایلچی انگرڈ سولہائم نے بتائی جن کا ملک سہولت کار ہے۔"},
	{news.TalksPostponed, "party", "2026-11-30", "تھائی سرحد پر نئی رکاوٹ", "تھائی لینڈ کی وزارت دفاع نے کہا ہے کہ کمبوڈیا کے ساتھ سرحدی کمیٹی کا اجلاس جو ہفتے کو ہونا تھا اب پیر 30 نومبر تک مؤخر کر دیا گیا ہے۔"},
	{news.TalksEnded, "mediator", "2026-11-19 2026-12-15", "تیونس میں لیبیا کمیشن کا اجلاس ختم", "لیبیا کے فوجی کمیشن کا اجلاس جمعرات کو تیونس میں ختم ہو گیا۔ اقوام متحدہ کے مشن کی سربراہ کلارا نوواک نے کہا کہ اگلا اجلاس 15 دسمبر کو سرت میں ہوگا۔"},
	{news.AgreementReached, "", "", "مالی حکومت اور باغی قیدیوں کے تبادلے پر متفق", "مالی کی حکومت اور ازواد کے باغیوں نے مشترکہ اعلامیے میں قیدیوں کے تبادلے پر اتفاق کا اعلان کیا۔"},
	{news.MessageConveyed, "mediator", "", "قطر نے کنشاسا کا خط ایم 23 کے حوالے کر دیا", "قطر کے وزیر مملکت جاسم الکبیسی نے بتایا کہ دوحہ نے کانگو کی حکومت کا خط ایم 23 کے باغیوں کو پہنچا دیا ہے۔"},
	{news.TalksCancelled, "party", "", "انقرہ میں ملاقات نہیں ہوگی", "یونانی حکومت کے ترجمان نکوس سٹاتھس نے کہا کہ یونان اور ترکیہ کے وزرائے خارجہ کی اتوار کو طے شدہ ملاقات منسوخ کر دی گئی ہے۔"},
	{news.Denial, "party", "", "دفتر خارجہ کا افواہوں پر ردعمل", "دفتر خارجہ کی ترجمان سائرہ ملک نے بھارت کے ساتھ خفیہ مذاکرات کی خبروں کی تردید کرتے ہوئے انہیں من گھڑت قرار دیا۔"},
	{news.Ultimatum, "party", "2026-11-20..2026-12-01", "کابل کا اسلام آباد کو انتباہ", "افغان طالبان حکومت کے ترجمان نے خبردار کیا ہے کہ اگر پاکستان نے 1 دسمبر تک گزرگاہیں نہ کھولیں تو افغانستان مذاکرات چھوڑ دے گا۔"},
	{"", "", "", "جی سیون سربراہی اجلاس: پانچ سوال", "جی سیون کا اجلاس جون میں ہوگا۔ کیا روس اور یوکرین شریک ہوں گے؟ تجزیہ کار کئی امکانات پر بات کر رہے ہیں۔"},
	{"", "", "", "اقوام متحدہ کے ایک مترجم کی یادیں", "انہوں نے 1988 میں ایران اور عراق کے مذاکرات کا ترجمہ کیا تھا اور اب ایک کتاب لکھی ہے۔"},
	{"", "", "", "چیئرمین سینیٹ سے ویتنام کے سفیر کی ملاقات", "چیئرمین سینیٹ سے ویتنام کے سفیر نے ملاقات کی جس میں پاکستان اور ویتنام کی دوستی اور طلبہ کے وظائف پر بات ہوئی۔"},
}

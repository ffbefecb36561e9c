package read

import "parley/internal/news"

// Mediators who name a day, as agencies of each language put it: the day first,
// the day last, a second choice, a day withdrawn, a week, a last day.

var daysFrench = []freshCase{
	{news.TalksScheduled, "mediator", "2026-12-03", "Médiation kényane : rendez-vous le 3 décembre", "« Les parties ont confirmé. » Le facilitateur kényan Joseph Mwangi a fixé au jeudi 3 décembre la reprise des pourparlers entre le Soudan du Sud et le SPLM-IO."},
	{news.TalksScheduled, "mediator", "2026-11-25", "La Malaisie a choisi mercredi", "C'est mercredi à Kuala Lumpur que la Thaïlande et le Cambodge reprendront langue, a confirmé le chef de la diplomatie malaisienne, Amir Hamdan, médiateur dans ce conflit."},
	{news.TalksScheduled, "mediator", "2026-12-14..2026-12-20", "Chypre : l'ONU vise la mi-décembre", "Selon l'émissaire de l'ONU à Chypre, Marta Lindholm, les Chypriotes grecs et les Chypriotes turcs devraient se retrouver dans la semaine du 14 décembre."},
	{news.TalksPostponed, "mediator", "2026-12-07", "Tout est décalé d'une semaine à Doha", "Le Qatar, médiateur entre Kinshasa et le M23, a repoussé au 7 décembre la séance prévue le 30 novembre, a indiqué son émissaire Jassim al-Kubaisi."},
	{news.TalksScheduled, "party", "2026-11-28", "Athènes donne la date", "La délégation grecque retrouvera la partie turque samedi 28 novembre à Izmir, a déclaré le vice-ministre grec des Affaires étrangères, Kostas Alexiou."},
	{"", "", "", "Les médiateurs n'avancent aucune date", "Le médiateur qatari Jassim al-Kubaisi s'est refusé à donner une date pour la reprise des pourparlers entre Kinshasa et le M23."},
	{news.TalksEnded, "*", "2026-11-19 2026-12-08", "Fin des pourparlers", "La sixième session entre la RDC et le M23 s'est achevée jeudi à Doha ; la prochaine aura lieu le 8 décembre, selon le ministère qatari."},
	{news.TalksScheduled, "*", "2026-12-26", "Oman : rendez-vous après Noël", "L'Iran et les États-Unis reprendront leurs pourparlers à Mascate le lendemain de Noël, a déclaré le chef de la diplomatie omanaise, médiateur."},
}

var daysSpanish = []freshCase{
	{news.TalksScheduled, "mediator", "2026-12-03", "Mediación keniana: cita el 3 de diciembre", "«Las partes han confirmado». El facilitador keniano Joseph Mwangi fijó para el jueves 3 de diciembre la reanudación del diálogo entre Sudán del Sur y el SPLM-IO."},
	{news.TalksScheduled, "mediator", "2026-11-25", "Malasia escogió el miércoles", "Será el miércoles en Kuala Lumpur cuando Tailandia y Camboya retomen las conversaciones, confirmó el canciller malasio Amir Hamdan, mediador en el conflicto."},
	{news.TalksScheduled, "mediator", "2026-12-14..2026-12-20", "Chipre: la ONU apunta a mediados de diciembre", "Según la enviada de la ONU para Chipre, Marta Lindholm, los líderes grecochipriota y turcochipriota deberían verse en la semana del 14 de diciembre."},
	{news.TalksPostponed, "mediator", "2026-12-07", "Todo se retrasa una semana en Doha", "Catar, mediador entre Kinshasa y el M23, aplazó al 7 de diciembre la sesión prevista para el 30 de noviembre, indicó su enviado Jassim al Kubaisi."},
	{news.TalksScheduled, "party", "2026-11-28", "Atenas da la fecha", "La delegación griega se reunirá con la parte turca el sábado 28 de noviembre en Esmirna, declaró el viceministro griego de Exteriores, Kostas Alexiou."},
	{"", "", "", "Los mediadores no adelantan fecha", "El mediador catarí Jassim al Kubaisi evitó dar una fecha para la reanudación de las conversaciones entre Kinshasa y el M23."},
	{news.TalksEnded, "*", "2026-11-19 2026-12-08..2026-12-12", "Termina la ronda", "La sexta ronda entre el Gobierno de Colombia y el ELN concluyó el jueves en La Habana; la próxima será del 8 al 12 de diciembre, informó la cancillería cubana."},
}

var daysRussian = []freshCase{
	{news.TalksScheduled, "mediator", "2026-12-03", "Кенийские посредники: встреча 3 декабря", "Кенийский посредник на переговорах Южного Судана и НОДС-О Джозеф Мванги назначил возобновление работы в Найроби на четверг, 3 декабря."},
	{news.TalksScheduled, "mediator", "2026-11-25", "Малайзия выбрала среду", "Таиланд и Камбоджа вернутся за стол переговоров в среду в Куала-Лумпуре, подтвердил глава МИД Малайзии Амир Хамдан, посредник в этом конфликте."},
	{news.TalksScheduled, "mediator", "2026-12-01", "Осло: филиппинская встреча может пройти 1 декабря", "Норвежская посланница Ингрид Сульхейм, посредник на переговорах властей Филиппин и Национально-демократического фронта, не исключила, что встреча пройдет 1 декабря."},
	{news.TalksPostponed, "mediator", "2026-12-07", "В Дохе все сдвинули на неделю", "Катар, посредник между Киншасой и М23, перенес встречу с 30 ноября на 7 декабря, сообщил его посланник Джасем аль-Кубейси."},
	{news.TalksScheduled, "party", "2026-11-28", "Афины назвали дату", "Греческая делегация встретится с турецкой стороной в субботу, 28 ноября, в Измире, заявил замминистра иностранных дел Греции Костас Алексиу."},
	{"", "", "", "Посредники даты не называют", "Катарский посредник Джасем аль-Кубейси отказался назвать дату возобновления переговоров Киншасы и М23."},
}

var daysArabic = []freshCase{
	{news.TalksScheduled, "mediator", "2026-12-03", "الوساطة الكينية تحدد الثالث من ديسمبر", "حدد الميسر الكيني لمحادثات جنوب السودان والحركة الشعبية المعارضة جوزيف موانغي يوم الخميس 3 ديسمبر موعدا لاستئناف المحادثات في نيروبي."},
	{news.TalksScheduled, "mediator", "2026-11-25", "ماليزيا تختار الأربعاء", "أكد وزير الخارجية الماليزي أمير حمدان، الوسيط في النزاع، أن تايلاند وكمبوديا ستستأنفان المحادثات الأربعاء في كوالالمبور."},
	{news.TalksScheduled, "mediator", "2026-12-01", "أوسلو: جلسة الفلبين قد تعقد في الأول من ديسمبر", "قالت المبعوثة النرويجية إنغريد سولهايم، التي تتوسط بلادها بين حكومة الفلبين والجبهة الديمقراطية الوطنية، إن الجلسة قد تعقد في 1 ديسمبر."},
	{news.TalksPostponed, "mediator", "2026-12-07", "الدوحة ترجئ الجلسة أسبوعا", "أرجأت قطر، الوسيط بين كينشاسا وحركة إم 23، الجلسة من 30 نوفمبر إلى 7 ديسمبر، وفق ما أعلن المبعوث القطري جاسم الكبيسي."},
	{news.TalksScheduled, "party", "2026-11-28", "أثينا تعلن الموعد", "قال نائب وزير الخارجية اليوناني كوستاس أليكسيو إن الوفد اليوناني سيلتقي الجانب التركي السبت 28 نوفمبر في إزمير."},
	{"", "", "", "الوسطاء لا يحددون موعدا", "رفض الوسيط القطري جاسم الكبيسي تحديد موعد لاستئناف المحادثات بين كينشاسا وحركة إم 23."},
}

var daysPersian = []freshCase{
	{news.TalksScheduled, "mediator", "2026-12-03", "میانجی کنیایی روز نشست را تعیین کرد", "جوزف موانگی، میانجی کنیایی گفت‌وگوهای سودان جنوبی و شورشیان، پنجشنبه ۱۲ آذر را برای ازسرگیری نشست دولت سودان جنوبی و SPLM-IO در نایروبی تعیین کرد."},
	{news.TalksScheduled, "mediator", "2026-11-25", "مالزی چهارشنبه را برگزید", "امیر حمدان، وزیر خارجه مالزی که میان تایلند و کامبوج میانجی‌گری می‌کند، تأیید کرد مذاکرات دو کشور چهارشنبه در کوالالامپور از سر گرفته می‌شود."},
	{news.TalksScheduled, "mediator", "2026-12-01", "اسلو: نشست فیلیپین شاید ۱ دسامبر", "اینگرید سولهایم، فرستاده نروژ که میان دولت فیلیپین و جبهه دموکراتیک ملی میانجی است، گفت نشست ممکن است ۱ دسامبر برگزار شود."},
	{news.TalksPostponed, "mediator", "2026-12-07", "نشست دوحه یک هفته عقب افتاد", "جاسم الکبیسی، میانجی قطری میان کینشاسا و ام‌۲۳، گفت نشست از ۳۰ نوامبر به ۷ دسامبر موکول شد."},
	{news.TalksScheduled, "party", "2026-11-28", "آتن روز دیدار را اعلام کرد", "کوستاس الکسیو، معاون وزیر خارجه یونان، گفت هیئت یونانی با طرف ترکیه شنبه ۷ آذر در ازمیر دیدار خواهد کرد."},
	{"", "", "", "میانجی‌ها زمانی نمی‌گویند", "جاسم الکبیسی، میانجی قطری، از اعلام زمان ازسرگیری گفت‌وگوهای کینشاسا و ام‌۲۳ خودداری کرد."},
}

var daysUrdu = []freshCase{
	{news.TalksScheduled, "mediator", "2026-12-03", "کینیا کے ثالث نے دن مقرر کر دیا", "جنوبی سوڈان اور SPLM-IO کے مذاکرات میں کینیا کے ثالث جوزف موانگی نے بتایا کہ نیروبی میں مذاکرات جمعرات 3 دسمبر کو دوبارہ شروع ہوں گے۔"},
	{news.TalksScheduled, "mediator", "2026-11-25", "ملائیشیا نے بدھ کا دن چنا", "ملائیشیا کے وزیر خارجہ عامر حمدان نے، جو ثالث ہیں، تصدیق کی کہ تھائی لینڈ اور کمبوڈیا کے مذاکرات بدھ کو کوالالمپور میں ہوں گے۔"},
	{news.TalksScheduled, "mediator", "2026-12-01", "اوسلو: فلپائن اجلاس یکم دسمبر کو ممکن", "ناروے کی ایلچی انگرڈ سولہائم نے، جو فلپائن کی حکومت اور نیشنل ڈیموکریٹک فرنٹ کے درمیان ثالث ہیں، کہا کہ مذاکرات 1 دسمبر کو ہو سکتے ہیں۔"},
	{news.TalksPostponed, "mediator", "2026-12-07", "دوحہ اجلاس ایک ہفتہ مؤخر", "قطر کے ثالث جاسم الکبیسی نے کہا کہ کنشاسا اور ایم 23 کا اجلاس 30 نومبر کے بجائے 7 دسمبر تک مؤخر کر دیا گیا ہے۔"},
	{news.TalksScheduled, "party", "2026-11-28", "ایتھنز نے تاریخ بتا دی", "یونان کے نائب وزیر خارجہ کوستاس الیکسیو نے کہا کہ یونانی وفد ترکیہ کے وفد سے ہفتہ 28 نومبر کو ازمیر میں ملاقات کرے گا۔"},
	{"", "", "", "ثالث تاریخ بتانے سے گریزاں", "قطری ثالث جاسم الکبیسی نے کنشاسا اور ایم 23 کے مذاکرات کی بحالی کی تاریخ بتانے سے انکار کر دیا۔"},
}

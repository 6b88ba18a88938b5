using Parcours.Engine.Intake;
using Parcours.Imports;

namespace Parcours.Tests.Imports;

/// <summary>What columns are taken for, and what rows become.</summary>
public sealed class ImportColumnsTests
{
    static readonly ImportCatalogue Shop = new(
        new PropertyRegistry([
            new("plan", PropertyType.Choice, ["free", "pro"], false, false),
            new("born", PropertyType.Date, [], false, false),
            new("lastSeen", PropertyType.DateTime, [], false, false),
            new("member", PropertyType.Boolean, [], false, false),
            new("total_spent", PropertyType.Number, [], false, false),
            new("interests", PropertyType.Choices, ["art", "music"], false, false),
        ]),
        new HashSet<string> { "newsletter" }, new HashSet<string> { "news" });

    [Theory]
    [InlineData(
        "Email Address,First Name,Last Name,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,TAGS",
        "email|property first_name|property last_name|phone|property birthday|property MEMBER_RATING|property OPTIN_TIME|tags")]
    [InlineData("Record ID,Email,First Name,Phone Number,Mobile Phone Number,State/Region,Company Name", "property Record ID|email|property first_name|phone|property Mobile Phone Number|property region|property company")]
    [InlineData("Adresse e-mail;Prénom;Nom;Téléphone portable;Code postal;Ville;Date de naissance", "email|property first_name|property last_name|phone|property postcode|property city|property birthday")]
    [InlineData("Indirizzo e-mail;Nome;Cognome;Cellulare;CAP;Città;Provincia;Codice cliente", "email|property first_name|property last_name|phone|property postcode|property city|property region|userId")]
    [InlineData("id,name", "userId|property name")]
    [InlineData("id,userId,e-mail", "property id|userId|email")]
    [InlineData("email,Plan,Last seen,Total Spent", "email|property plan|property lastSeen|property total_spent")]
    public void Usual_exports_are_recognised_by_their_headers(string header, string expected)
    {
        var table = CsvTable.Open(ImportFile.Of(header), new());

        var columns = ImportColumns.Resolve(table.Header, ImportKind.Contacts, new(), Shop, []);

        Assert.Equal(expected, string.Join('|', columns.Select(column => ImportColumns.Describe(column.Target, ImportKind.Contacts).Replace(':', ' '))));
    }

    [Fact]
    public void Events_are_recognised_by_their_headers()
    {
        var table = CsvTable.Open(ImportFile.Of("user_id,Event Name,Timestamp,message_id,email,total"), new());

        var columns = ImportColumns.Resolve(table.Header, ImportKind.Events, new(), Shop, []);

        Assert.Equal("userId|event|timestamp|messageId|email|property:total", string.Join('|', columns.Select(column => ImportColumns.Describe(column.Target, ImportKind.Events))));
    }

    [Theory]
    [InlineData("a,b", "{}", "says who somebody is")]
    [InlineData("email,b", "{\"B\":\"tags\"}", "It has 'b'")]
    [InlineData("email,b", "{\"b\":\"consent:email/unheard\"}", "no topic 'unheard'")]
    [InlineData("email,b", "{\"b\":\"consent:fax/news\"}", "consent:CHANNEL/TOPIC")]
    [InlineData("email,b", "{\"b\":\"list:unheard\"}", "no list 'unheard'")]
    [InlineData("email,b,c", "{\"b\":\"x\",\"c\":\"x:number\"}", "would both be")]
    [InlineData("email,b", "{\"b\":\"plan:number\"}", "declared as choice")]
    [InlineData("email,b", "{\"b\":\"tag:\"}", "name of a tag")]
    public void A_mapping_that_does_not_fit_is_told(string header, string mapping, string expected)
    {
        var refused = ImportFile.Refused(() => ImportFile.Check(header + "\n1,2,3", ImportWishes.Read(System.Text.Encoding.UTF8.GetBytes(mapping), "map.json"), catalogue: Shop));

        Assert.Equal("import.columns", refused.Code);
        Assert.Contains(expected, refused.Message);
    }

    [Fact]
    public void Every_reason_of_a_row_is_told_at_once_with_its_line()
    {
        var file = ImportFile.Check("email;born;plan;total_spent;member\nx@;30/02/2020;gold;twelve;perhaps\nanna@example.org;1990-02-28;PRO;12,50;oui", catalogue: Shop);

        var bad = Assert.Single(file.Bad.Examples);
        Assert.Equal((2L, 1L, 2), (file.Rows, file.Bad.Count, bad.Line));
        Assert.All(["email:", "born:", "plan:", "total_spent:", "member:"], column => Assert.Contains(column, bad.Text));
        Assert.Equal(["choice.invalid", "date.invalid", "email.invalid", "number.invalid", "yes-no.invalid"], file.Bad.ByCode.Keys);
    }

    [Fact]
    public void Bad_rows_are_grouped_by_reason_and_column_with_the_first_cells()
    {
        var file = ImportFile.Check("email;born;died\nx@;1990-02-31;y\ny@;1990-02-28;1990-02-30\nanna@example.org;soon;", new() { Columns = new Dictionary<string, string?> { ["died"] = "died:date" } }, catalogue: Shop);

        Assert.Equal(
            ["email.invalid email 2: 2 x@, 3 y@", "date.invalid born 2: 2 1990-02-31, 4 soon", "date.invalid died 2: 2 y, 3 1990-02-30"],
            file.Bad.Groups().Select(group => $"{group.Code} {group.Column} {group.Rows}: {string.Join(", ", group.Examples.Select(cell => $"{cell.Line} {cell.Value}"))}"));
    }

    [Theory]
    [InlineData("email,Ville,Stand\na@example.org,Lyon,B14", "Stand", "property:Stand text New")]
    [InlineData("email,Plan\na@example.org,pro", "Plan", "property:plan choice Sure")]
    [InlineData("email,Città\na@example.org,Torino", "Città", "property:city text Sure")]
    [InlineData("email,Data nascita\na@example.org,03/05/1988\nb@example.org,02/11/1991", "Data nascita", "property:birthday text Look import.doubt.dates")]
    [InlineData("email,born\na@example.org,03/05/1988", "born", "property:born date Look import.doubt.dateForm")]
    [InlineData("email,Interessi\na@example.org,tè nero; oolong\nb@example.org,rooibos", "Interessi", "property:Interessi text Look import.doubt.several")]
    [InlineData("email,spent\na@example.org,\"1,240\"", "spent", "property:spent number Look import.doubt.decimal")]
    [InlineData("email,spent\na@example.org,\"1.240,50\"\nb@example.org,\"1.240\"", "spent", "property:spent text New")]
    [InlineData("email;spent\na@example.org;1.240\nb@example.org;12,5", "spent", "property:spent number New")]
    [InlineData("email,Phone\na@example.org,338 555 0142", "Phone", "phone  Look import.doubt.country")]
    [InlineData("email,Courriel\na@example.org,b@example.org", "Courriel", "property:Courriel text Look import.doubt.second")]
    [InlineData("id,name\n7,Anna", "id", "userId  Look import.doubt.id")]
    [InlineData("email,import_line\na@example.org,7", "import_line", "-  LeftOut")]
    public void What_a_column_is_taken_for_is_told_with_how_sure_that_is(string file, string column, string expected)
    {
        var mapped = ImportFile.Check(file, catalogue: Shop).Mapping.Single(one => one.Column == column);

        Assert.Equal(expected, $"{mapped.Becomes} {mapped.Type} {mapped.Guess} {mapped.Doubt?.Code}".TrimEnd());
    }

    [Fact]
    public void Who_says_what_a_column_is_is_not_asked_again_and_sees_its_first_cells()
    {
        var file = ImportFile.Check("email,Data nascita\na@example.org,03/05/1988\nb@example.org,\nc@example.org,02/11/1991",
            new() { Columns = new Dictionary<string, string?> { ["Data nascita"] = "born" }, DateFormats = ["dd/MM/yyyy"] }, catalogue: Shop);

        var mapped = file.Mapping[1];
        Assert.Equal((ColumnGuess.Sure, "property:born", "03/05/1988|"), (mapped.Guess, mapped.Becomes, string.Join('|', mapped.Samples)));
    }

    [Fact]
    public void A_file_whose_columns_do_not_fit_is_told_with_all_of_them()
    {
        var refused = ImportFile.Refused(() => ImportFile.Check("name,city\nAnna,Lyon", new() { Lists = ["unheard"] }, catalogue: Shop));

        Assert.Equal(["import.column.who", "import.column.list"], refused.Reasons.Select(reason => reason.Code));
        Assert.Equal("unheard", refused.Reasons[1].Arguments!["list"]);
        Assert.Equal(["name: Anna", "city: Lyon"], refused.Mapping.Select(column => $"{column.Column}: {string.Join(",", column.Samples)}"));
    }

    [Fact]
    public void Cells_take_the_types_that_are_declared()
    {
        var row = Assert.Single(ImportFile.Submissions(
            "email;born;plan;total_spent;member;lastSeen;interests\nanna@example.org;28/02/1990;PRO;1.234,50;oui;01/03/2026 10:00;art, music",
            new() { DateFormats = ["dd/MM/yyyy", "dd/MM/yyyy HH:mm"], TimeZone = "Europe/Rome" }, catalogue: Shop));

        Assert.Equal(
            """{"email":"anna@example.org","born":"1990-02-28","plan":"pro","total_spent":1234.50,"member":true,"lastSeen":"2026-03-01T09:00:00Z","interests":["art","music"]}""",
            ImportFile.Traits(row));
    }

    [Fact]
    public void Undeclared_columns_of_numbers_are_numbers_and_codes_stay_text()
    {
        var rows = ImportFile.Submissions("userId;spent;postcode;order_no;mixed;paid\n1;12,5;75001;7;1;true\n2;;75002;8;x;FALSE");

        Assert.Equal("""{"spent":12.5,"postcode":"75001","order_no":"7","mixed":"1","paid":true}""", ImportFile.Traits(rows[0]));
        Assert.Equal("""{"postcode":"75002","order_no":"8","mixed":"x","paid":false}""", ImportFile.Traits(rows[1]));
    }

    [Theory]
    [InlineData(EmptyCell.Keep, """{"email":"a@example.org"}""")]
    [InlineData(EmptyCell.Clear, """{"email":"a@example.org","city":null}""")]
    public void An_empty_cell_changes_nothing_unless_it_is_said_to_clear(EmptyCell empty, string expected) =>
        Assert.Equal(expected, ImportFile.Traits(Assert.Single(ImportFile.Submissions("email,city\na@example.org,  ", new() { Empty = empty }))));

    [Fact]
    public void Tags_lists_and_consent_have_columns()
    {
        var wishes = new ImportWishes
        {
            Columns = new Dictionary<string, string?> { ["Newsletter"] = "list:newsletter", ["Opt-in"] = "consent:email/news", ["VIP"] = "tag:vip", ["Notes"] = "-" },
            Tags = ["imported"],
        };

        var row = Assert.Single(ImportFile.Submissions("email,Tags,Newsletter,Opt-in,VIP,Notes\na@example.org,\"x;y\",yes,unsubscribed,no,private", wishes, catalogue: Shop));

        Assert.Equal(
            "AddTag imported, AddTag x, AddTag y, JoinList newsletter, SetConsent email/news Refused, RemoveTag vip",
            string.Join(", ", ((SubmissionBody.Received)row.Body).Edits.Select(edit => edit switch
            {
                Journeys.Contacts.ContactEdit.AddTag add => $"AddTag {add.Tag}",
                Journeys.Contacts.ContactEdit.RemoveTag remove => $"RemoveTag {remove.Tag}",
                Journeys.Contacts.ContactEdit.JoinList join => $"JoinList {join.List}",
                Journeys.Contacts.ContactEdit.SetConsent consent => $"SetConsent {consent.Channel}/{consent.Topic} {consent.State}",
                _ => edit.GetType().Name,
            })));
        Assert.Equal("""{"email":"a@example.org"}""", ImportFile.Traits(row));
    }

    [Fact]
    public void A_row_of_events_is_an_event_with_its_time_and_properties()
    {
        var row = Assert.Single(ImportFile.Submissions(
            "user_id,event,timestamp,total,coupon,message_id\n7,Order Completed,2026-01-31T09:00:00Z,12.5,0012,m-1", kind: ImportKind.Events));

        var body = (SubmissionBody.Received)row.Body;
        Assert.Equal(("Order Completed", "m-1", NodaTime.Instant.FromUtc(2026, 1, 31, 9, 0)), (body.Event, row.MessageId, row.Timestamp));
        Assert.Equal("""{"total":12.5,"coupon":"0012"}""", ImportFile.Properties(row));
        Assert.Equal(Journeys.Contacts.Origin.Import, row.Origin);
        Assert.False(row.StartsJourneys);
    }

    [Fact]
    public void An_event_over_32_KB_is_refused_by_itself()
    {
        var file = ImportFile.Check($"userId,event,text\n1,e,{new string('x', 40_000)}\n2,e,short", kind: ImportKind.Events);

        Assert.Equal((2L, 1L), (file.Rows, file.Bad.Count));
        Assert.Equal(["row.size"], file.Bad.ByCode.Keys);
    }

    [Fact]
    public void Rejects_can_be_corrected_and_imported_again()
    {
        using var written = new MemoryStream();
        ImportFile.Check("email;note\nanna@;\"says \"\"hi\"\";\nthen goes\"\nbob@example.org;x", rejects: written);
        var rejects = System.Text.Encoding.UTF8.GetString(written.ToArray()).TrimStart('\uFEFF');

        Assert.StartsWith("email;note;import_line;import_reason;import_code\r\nanna@;\"says \"\"hi\"\";\nthen goes\";2;", rejects);
        var again = Assert.Single(ImportFile.Submissions(rejects.Replace("anna@;", "anna@example.org;", StringComparison.Ordinal)));
        Assert.Contains("says \\u0022hi\\u0022;\\nthen goes", ImportFile.Traits(again));
        Assert.DoesNotContain("import_", ImportFile.Traits(again));
    }

    [Fact]
    public void A_mapping_file_is_an_object_of_wishes_or_of_columns()
    {
        var whole = ImportWishes.Read("""{ "columns": { "A": "email" }, "country": "FR", "empty": "clear" }"""u8, "map.json");
        var plain = ImportWishes.Read("""{ "A": "email", "B": null }"""u8, "map.json");

        Assert.Equal(("email", "FR", EmptyCell.Clear), (whole.Columns["A"], whole.Country, whole.Empty));
        Assert.Equal(["A", "B"], plain.Columns.Keys);
        Assert.Contains("colums", ImportFile.Refused(() => ImportWishes.Read("""{ "columns": {}, "colums": {} }"""u8, "map.json")).Message);
        Assert.Contains("map.json", ImportFile.Refused(() => ImportWishes.Read("[1]"u8, "map.json")).Message);
    }

    [Fact]
    public void Wishes_that_nobody_can_follow_are_all_told()
    {
        var problems = new ImportWishes { Delimiter = "ab", Encoding = "klingon", Decimal = "x", TimeZone = "Mars", Country = "ZZ", DateFormats = ["qq%"], Tags = [""] }.Problems();

        Assert.Equal(7, problems.Count);
    }
}

using System.Text;
using RtpProxy.Admin;

namespace RtpProxy.Io.Tests.Admin;

public sealed class AdminFaultsTests
{
    private const string Whole =
        """{"id":1,"ask":"sessions","text":"ab","trouble":false,"verdict":"ok","sort":"loss","skip":0,"take":5,"kinds":["ended"]}""";

    [Theory]
    [InlineData("", FaultCodes.Malformed, "expected one JSON object in a line")]
    [InlineData("hello", FaultCodes.Malformed, "expected one JSON object in a line")]
    [InlineData("null", FaultCodes.Malformed, "expected one JSON object in a line")]
    [InlineData("[]", FaultCodes.Malformed, "expected one JSON object in a line")]
    [InlineData("7", FaultCodes.Malformed, "expected one JSON object in a line")]
    [InlineData("{}", FaultCodes.Malformed, "the member ask")]
    [InlineData("""{"ask":null}""", FaultCodes.Malformed, "the member ask")]
    [InlineData("""{"id":1}""", FaultCodes.Malformed, "the member ask")]
    [InlineData("""{"ask":"hello"} {"ask":"hello"}""", FaultCodes.Malformed, "expected one JSON object in a line")]
    [InlineData("""{"ask":"hello","id":1,"id":2}""", FaultCodes.BadValue, "id: expected a whole number, given once")]
    [InlineData("""{"ask":7}""", FaultCodes.BadValue, "ask: expected one of hello, sessions, session, events, counters, host, drain")]
    [InlineData("""{"ask":"hello","id":"1"}""", FaultCodes.BadValue, "id: expected a whole number")]
    [InlineData("""{"ask":"hello","id":1.5}""", FaultCodes.BadValue, "id: expected a whole number")]
    [InlineData("""{"ask":"hello","id":99999999999999999999}""", FaultCodes.BadValue, "id: expected a whole number")]
    [InlineData("""{"ask":"hello","id":1e400}""", FaultCodes.BadValue, "id: expected a whole number")]
    [InlineData("""{"ask":"sessions","skip":-1}""", FaultCodes.BadValue, "skip: expected a whole number, 0 or more")]
    [InlineData("""{"ask":"sessions","take":0}""", FaultCodes.BadValue, "take: expected a whole number, 1 to 1000")]
    [InlineData("""{"ask":"sessions","take":1001}""", FaultCodes.BadValue, "take: expected a whole number, 1 to 1000")]
    [InlineData("""{"ask":"sessions","take":true}""", FaultCodes.BadValue, "take: expected a whole number, 1 to 1000")]
    [InlineData("""{"ask":"sessions","trouble":1}""", FaultCodes.BadValue, "trouble: expected true or false")]
    [InlineData("""{"ask":"sessions","sort":"size"}""", FaultCodes.BadValue, "sort: expected one of trouble, oldest, newest, call-id, loss, score")]
    [InlineData("""{"ask":"sessions","verdict":"fine"}""", FaultCodes.BadValue, "verdict: expected one of waiting, ok, silent,")]
    [InlineData("""{"ask":"sessions","text":"\ud800"}""", FaultCodes.BadValue, "text: expected text")]
    [InlineData("""{"ask":"session"}""", FaultCodes.BadValue, "callId: expected the Call-ID of the session")]
    [InlineData("""{"ask":"session","callId":["a"]}""", FaultCodes.BadValue, "callId: expected text")]
    [InlineData("""{"ask":"events","kinds":"ended"}""", FaultCodes.BadValue, "kinds: expected a list of texts")]
    [InlineData("""{"ask":"events","kinds":[7]}""", FaultCodes.BadValue, "kinds: expected a list of texts")]
    [InlineData("""{"ask":"events","kinds":[null]}""", FaultCodes.BadValue, "kinds: expected some of created,")]
    [InlineData("""{"ask":"events","kinds":["birth"]}""", FaultCodes.BadValue, "kinds: expected some of created,")]
    [InlineData("""{"ask":"reboot"}""", FaultCodes.UnknownRequest, "ask: expected one of hello, sessions,")]
    public async Task What_is_wrong_is_named_with_what_was_expected_and_the_next_request_is_answered(
        string line, string code, string text)
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        AdminFault fault = (await client.AskAsync(line)).Error.ShouldNotBeNull();

        fault.Code.ShouldBe(code);
        fault.Text.ShouldContain(text);
        (await client.AskAsync("""{"id":2,"ask":"hello"}""")).Id.ShouldBe(2);
    }

    [Fact]
    public async Task A_fault_in_a_request_that_could_be_read_comes_with_its_id()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        (await client.AskAsync("""{"id":44,"ask":"reboot"}""")).Id.ShouldBe(44);
    }

    [Fact]
    public async Task Members_that_are_not_known_are_no_fault()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        (await client.AskAsync("""{"ask":"hello","future":{"a":[1]}}""")).Hello.ShouldNotBeNull();
    }

    [Fact]
    public async Task Lines_may_end_with_CR_LF_and_come_in_pieces_or_many_at_once()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        foreach (char c in "{\"id\":1,\"ask\":\"hello\"}\r\n")
        {
            await client.SendAsync($"{c}");
        }

        (await client.ReadAsync())!.Id.ShouldBe(1);
        await client.SendAsync(string.Concat(Enumerable.Range(2, 300).Select(id => $"{{\"id\":{id},\"ask\":\"hello\"}}\n")));
        for (int id = 2; id < 302; id++)
        {
            (await client.ReadAsync())!.Id.ShouldBe(id);
        }
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_one_answered()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        await client.SendAsync(new string('x', 200_000) + "\n");
        (await client.ReadAsync())!.Error.ShouldNotBeNull().Code.ShouldBe(FaultCodes.TooLong);
        (await client.AskAsync("""{"id":2,"ask":"hello"}""")).Id.ShouldBe(2);
    }

    [Fact]
    public async Task Depth_is_bounded()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        string deep = "{\"ask\":\"hello\",\"x\":" + new string('[', 8000) + new string(']', 8000) + "}";

        (await client.AskAsync(deep)).Error.ShouldNotBeNull().Code.ShouldBe(FaultCodes.Malformed);
        (await client.AskAsync("""{"id":2,"ask":"hello"}""")).Id.ShouldBe(2);
    }

    [Fact]
    public async Task Every_prefix_and_every_flipped_bit_of_a_request_has_one_reply()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        byte[] whole = Encoding.UTF8.GetBytes(Whole);

        for (int length = 0; length < whole.Length; length++)
        {
            await client.SendAsync([.. whole[..length], (byte)'\n']);
            (await client.ReadAsync()).ShouldNotBeNull().Error.ShouldNotBeNull($"{length} bytes");
        }

        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!damaged.Contains((byte)'\n'))
            {
                await client.SendAsync([.. damaged, (byte)'\n']);
                AdminReply reply = (await client.ReadAsync()).ShouldNotBeNull();
                (reply.Error is not null || reply.Sessions is not null).ShouldBeTrue($"bit {bit}");
            }
        }

        (await client.AskAsync("""{"id":2,"ask":"hello"}""")).Id.ShouldBe(2);
    }

    [Fact]
    public async Task Noise_is_answered_with_faults_and_ends_nothing()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        var random = new Random(4711);
        for (int i = 0; i < 500; i++)
        {
            byte[] noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            noise = [.. noise.Where(value => value != (byte)'\n'), (byte)'\n'];
            await client.SendAsync(noise);
            (await client.ReadAsync()).ShouldNotBeNull().Error.ShouldNotBeNull().Code.ShouldBe(FaultCodes.Malformed);
        }

        (await client.AskAsync("""{"id":2,"ask":"hello"}""")).Id.ShouldBe(2);
    }

    [Fact]
    public async Task Texts_of_controllers_come_as_they_are()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        await relay.CommandAsync("U <script>\"\\\u0001 127.0.0.1 4000 alice");

        SessionPage page = (await client.AskAsync("""{"ask":"sessions"}""")).Sessions.ShouldNotBeNull();

        page.Rows.ShouldHaveSingleItem().CallId.ShouldBe("<script>\"\\\u0001");
        AdminReply reply = await client.AskAsync(new AdminRequest { Ask = AdminWords.Session, CallId = page.Rows[0].CallId });
        reply.Session.ShouldHaveSingleItem();
    }
}

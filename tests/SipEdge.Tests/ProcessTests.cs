using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Sip;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>The executable from outside: its relay, its signals, its exit codes.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Without_a_configured_relay_it_carries_media_itself()
    {
        using var caller = new SipPeer();
        using var callee = new SipPeer("127.0.0.2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee));
        using var callerMedia = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var calleeMedia = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        var call = new Dialogue(caller, callee, edge.Udp);

        call.CallerSends(call.Initial("INVITE", Dialogue.Sdp("127.0.0.1", PortOf(callerMedia))));
        SipMessage invite = await callee.ExpectAsync("INVITE");
        call.CalleeSends(Dialogue.Response(invite, "200 OK", sdp: Dialogue.Sdp("127.0.0.2", PortOf(calleeMedia))));
        SipMessage ok = await caller.ExpectAsync("SIP/2.0 200");
        byte[] packet = [0x80, 0, 0, 1, 0, 0, 0, 160, 1, 2, 3, 4, .. new byte[160]];
        await callerMedia.SendAsync(packet.AsMemory(), new IPEndPoint(IPAddress.Loopback, MediaPortOf(ok)), TestContext.Current.CancellationToken);
        UdpReceiveResult heard = await calleeMedia.ReceiveAsync(TestContext.Current.CancellationToken);

        heard.Buffer.ShouldBe(packet);
        heard.RemoteEndPoint.Port.ShouldBe(MediaPortOf(invite));
        await edge.SignalAsync("TERM");
        await edge.WaitForExitAsync();
        edge.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task SIGHUP_reads_the_configuration_again_and_a_bad_one_changes_nothing()
    {
        using var caller = new SipPeer();
        using var first = new SipPeer("127.0.0.2");
        using var second = new SipPeer("127.0.0.3");
        await using FakeRelay relay = FakeRelay.Start();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(first, relay));
        var call = new Dialogue(caller, first, edge.Udp);

        await File.WriteAllTextAsync(edge.ConfigurationPath, """{ "listen": [] }""", TestContext.Current.CancellationToken);
        await edge.SignalAsync("HUP");
        (await edge.WaitForLogAsync("not reloaded")).ShouldContain("listen: is missing");
        call.CallerSends(call.Initial("MESSAGE", null));
        await first.ExpectAsync("MESSAGE");

        await File.WriteAllTextAsync(edge.ConfigurationPath, Configuration(second, relay), TestContext.Current.CancellationToken);
        await edge.SignalAsync("HUP");
        await edge.WaitForLogAsync("configuration reloaded");
        call.CallerSends(call.Initial("MESSAGE", null));
        await second.ExpectAsync("MESSAGE");
    }

    [Fact]
    public async Task A_reload_says_which_keys_need_a_restart()
    {
        using var callee = new SipPeer("127.0.0.2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Configuration(callee));

        string changed = Configuration(callee).Replace("\"nextHop\"", "\"inProcessRelay\": { \"minPort\": 40000 }, \"nextHop\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(edge.ConfigurationPath, changed, TestContext.Current.CancellationToken);
        await edge.SignalAsync("HUP");

        await edge.WaitForLogAsync("configuration reloaded");
        edge.LogLines.ShouldContain(line => line.Contains("the key 'inProcessRelay' has changed; that needs a restart", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1", "prot": 1 }] }""", 2, "unknown key 'prot'")]
    [InlineData("""{ "listen": [{ "address": "203.0.113.1" }], "authentication": "none", "relays": { "sockets": ["udp:127.0.0.1:9"] } }""", 1, "listen[0]: cannot listen on")]
    public async Task What_it_cannot_do_it_says_in_one_line(string configuration, int code, string words)
    {
        await using EdgeProcess edge = EdgeProcess.Launch(configuration);
        await edge.WaitForExitAsync();

        edge.ExitCode.ShouldBe(code);
        string line = await edge.WaitForLogAsync("sipedge: ");
        line.ShouldContain(words);
    }

    [Theory]
    [InlineData("--version", "sipedge ")]
    [InlineData("--help", "usage: sipedge")]
    public async Task It_says_what_it_is(string option, string words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        (await new EdgeProgram(new Hosting.InProcessRelayHost(), TimeProvider.System, output, errors).RunAsync([option])).ShouldBe(0);

        output.ToString().ShouldStartWith(words);
        output.ToString().TrimEnd().Length.ShouldBeGreaterThan(words.Length);
        errors.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("expected a configuration file; try sipedge --help")]
    [InlineData("the name of the configuration file is empty; try", "")]
    [InlineData("the name of the configuration file is empty; try", "--check", "")]
    [InlineData("expected one configuration file, not 2; try", "a.json", "b.json")]
    [InlineData("there is no option '--chekc', expected --check, --help or --version; try", "--chekc", "a.json")]
    [InlineData("'--version' stands alone; try", "--version", "a.json")]
    [InlineData("/nowhere/a.json: the file: cannot be read: ", "/nowhere/a.json")]
    [InlineData("x.[2J: the file: cannot be read: ", "x\u001b[2J")]
    [InlineData("/: the file: cannot be read: ", "/")]
    public async Task A_command_line_that_names_no_configuration_is_refused(string words, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        (await new EdgeProgram(new Hosting.InProcessRelayHost(), TimeProvider.System, output, errors).RunAsync(arguments)).ShouldBe(EdgeProgram.Usage);

        errors.ToString().ShouldStartWith($"sipedge: {words}");
        errors.ToString().Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_configuration_can_be_checked_without_a_start()
    {
        using var callee = new SipPeer();
        await using EdgeProcess edge = EdgeProcess.Launch(Configuration(callee), "--check");
        await edge.WaitForExitAsync();

        edge.ExitCode.ShouldBe(0);
        (await edge.WaitForLogAsync("good")).ShouldNotBeNull();
    }

    private static string Configuration(SipPeer nextHop, FakeRelay? relay = null)
    {
        string relays = relay is null ? "" : $$""" "relays": { "sockets": ["{{relay.Url}}"] }, """;
        return $$"""
            {
              "listen": [{ "address": "127.0.0.1", "port": 0 }],
              "authentication": "none",
              {{relays}}
              "nextHop": "sip:{{nextHop.HostPort}}"
            }
            """;
    }

    private static int PortOf(UdpClient client) => ((IPEndPoint)client.Client.LocalEndPoint!).Port;

    private static int MediaPortOf(SipMessage message)
    {
        string line = message.Text.Split("\r\n").Single(line => line.StartsWith("m=audio ", StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}

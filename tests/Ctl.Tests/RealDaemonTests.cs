using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Ctl.Tests;

/// <summary>With a real daemon and real packets.</summary>
public sealed class RealDaemonTests
{
    private static readonly TimeSpan SetUp = TimeSpan.FromSeconds(5); // before which every call is waiting

    [Fact]
    public async Task A_call_that_one_party_hears_nothing_of_is_explained()
    {
        await using DaemonProcess daemon = await StartAsync();
        using var phones = await Phones.CallAsync(daemon, "call-1@example.com");
        await phones.TalkAsync(SetUp + TimeSpan.FromSeconds(3));
        using var end = new CancellationTokenSource();
        Task talk = phones.TalkAsync(end.Token); // however long the questions take

        CtlProcess why = await AskAsync(daemon, "why", "call-1@example.com");
        CtlProcess session = await AskAsync(daemon, "session", "call-1@example.com");
        CtlProcess tagged = await AskAsync(daemon, "why", "call-1@example.com", "ft");
        CtlProcess calls = await AskAsync(daemon, "calls", "--trouble", "--json");
        await end.CancelAsync();
        await talk;

        (why.ExitCode, why.Errors).ShouldBe((27, ""));
        why.Output.ShouldStartWith("one-way: the caller is heard, the callee never was");
        tagged.ExitCode.ShouldBe(27);
        session.ExitCode.ShouldBe(0);
        session.Output.ShouldContain($"call call-1@example.com, on {SocketOf(daemon)}");
        session.Output.ShouldContain($"    signalled   {phones.Caller}, by its offer");
        session.Output.ShouldContain($"    heard at    {phones.Caller}");
        session.Output.ShouldContain($"    signalled   {phones.Callee}, by its answer");
        session.Output.ShouldContain("    heard at    nowhere yet");
        session.Output.ShouldContain("packets of PCMU");
        JsonElement row = JsonDocument.Parse(calls.Lines.ShouldHaveSingleItem()).RootElement.GetProperty("call");
        row.GetProperty("callId").GetString().ShouldBe("call-1@example.com");
        row.GetProperty("party").GetString().ShouldBe("callee");
    }

    [Fact]
    public async Task The_control_protocol_alone_tells_as_much_as_it_can()
    {
        await using DaemonProcess daemon = await StartAsync();
        using var phones = await Phones.CallAsync(daemon, "call");
        using var end = new CancellationTokenSource();
        Task talk = phones.TalkAsync(end.Token);

        // The other control socket has no admin socket beside it.
        CtlProcess why = await CtlProcess.RunAsync("why", "-s", daemon.Sockets[1].Argument, "--timeout", "30", "call", "ft");
        await end.CancelAsync();
        await talk;

        why.Errors.ShouldBeEmpty();
        why.ExitCode.ShouldBe(27);
        why.Lines[0].ShouldBe("one-way: the caller is heard, the callee never was");
    }

    [Fact]
    public async Task The_doctor_finds_the_process_and_its_sockets()
    {
        await using DaemonProcess daemon = await StartAsync();
        using var phones = await Phones.CallAsync(daemon, "call");

        CtlProcess run = await AskAsync(daemon, "doctor", "--all", "--seconds", "0.1");

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBeOneOf(0, 4, 5); // The machine may be at fault; the relay answers.
        run.Output.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"pid {daemon.Id}, up "));
        run.Output.ShouldMatch(string.Create(CultureInfo.InvariantCulture, $"process {daemon.Id}: none of its [0-9]+ UDP sockets dropped a packet"));
        run.Output.ShouldMatch("media ports are in use");
        run.Output.ShouldMatch("worker 0: [0-9]+ ");
    }

    [Fact]
    public async Task Calls_are_watched_with_names_of_any_alphabet()
    {
        await using DaemonProcess daemon = await StartAsync();
        using var phones = await Phones.CallAsync(daemon, "电话-ü");
        using PseudoTerminal terminal = PseudoTerminal.Start(
            120, 24, ["top", "--interval", "0.2", "--timeout", "30", "-s", SocketOf(daemon)]);

        await terminal.ShowAsync("1 call, 1 to 1");
        await terminal.ShowAsync("电话-ü");
        terminal.Type("/ü\r");
        await terminal.ShowAsync("1 match");
        terminal.Type("\r");
        await terminal.ShowAsync("call 电话-ü, on ");
        terminal.Type("qq");

        (await terminal.EndAsync()).ShouldBe(0);
    }

    private static Task<DaemonProcess> StartAsync() => DaemonProcess.StartAsync(
        new DaemonSettings { Transports = [Transport.Cunix, Transport.Udp], Options = ["--admin", "unix:cunix.admin.sock", "-l", "127.0.0.1"] });

    private static string SocketOf(DaemonProcess daemon) => daemon.Sockets[0].Argument;

    private static Task<CtlProcess> AskAsync(DaemonProcess daemon, params string[] words) =>
        CtlProcess.RunAsync([.. words, "--timeout", "30", "-s", SocketOf(daemon)]);

    /// <summary>Two phones, of which only the caller's packets arrive.</summary>
    private sealed class Phones : IDisposable
    {
        private readonly Socket _caller = Open();
        private readonly Socket _callee = Open();
        private IPEndPoint _relay = new(IPAddress.Loopback, 0);
        private ushort _spoken;

        public IPEndPoint Caller => (IPEndPoint)_caller.LocalEndPoint!;

        public IPEndPoint Callee => (IPEndPoint)_callee.LocalEndPoint!;

        public static async Task<Phones> CallAsync(DaemonProcess daemon, string callId)
        {
            var phones = new Phones();
            string call = WireText.FromTyped(callId);
            await using ControlClient client = await daemon.ConnectAsync(Transport.Cunix);
            _ = await client.AskAsync($"U {call} 127.0.0.1 {phones.Caller.Port} ft;1");
            string answered = await client.AskAsync($"L {call} 127.0.0.1 {phones.Callee.Port} ft;1 tt;1");
            phones._relay = new IPEndPoint(IPAddress.Loopback, int.Parse(answered.Split(' ')[0], CultureInfo.InvariantCulture));
            return phones;
        }

        public async Task TalkAsync(TimeSpan duration)
        {
            using var end = new CancellationTokenSource(duration);
            await TalkAsync(end.Token);
        }

        public async Task TalkAsync(CancellationToken end)
        {
            byte[] packet = new byte[172]; // RTP, PCMU, 20 ms
            packet[0] = 0x80;
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            for (; !end.IsCancellationRequested; _spoken++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _spoken);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), 160u * _spoken);
                _ = await _caller.SendToAsync(packet, _relay, CancellationToken.None);
                await pace.WaitForNextTickAsync(CancellationToken.None);
            }
        }

        public void Dispose()
        {
            _caller.Dispose();
            _callee.Dispose();
        }

        private static Socket Open()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return socket;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Notices;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Notices;

public sealed class NotifierTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly RecordingLogger _logger = new();

    private string SocketPath => Path.Combine(_directory.FullName, "n.sock");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Only_what_was_configured_is_permitted_byte_for_byte()
    {
        await using Notifier notifier = Make(
            new UnixNotifySocket("/run/x"),
            new UnixNotifySocket("/odd:path"),
            new TcpNotifySocket("tcp:localhost:9000", new IPEndPoint(IPAddress.Loopback, 9000)),
            new CallerNotifySocket(9001));

        notifier.Permit("unix:/run/x", default)!.Name.ShouldBe("unix:/run/x");
        notifier.Permit("/run/x", default).ShouldBe(notifier.Permit("unix:/run/x", default));
        notifier.Permit("/odd:path", default).ShouldBeNull();
        notifier.Permit("unix:/odd:path", default).ShouldNotBeNull();
        notifier.Permit("tcp:localhost:9000", default)!.Name.ShouldBe("tcp:localhost:9000");
        notifier.Permit("tcp:127.0.0.1:9000", default).ShouldBeNull();
        notifier.Permit("unix:/run/y", default).ShouldBeNull();
        notifier.Permit("tcp:%%CC_SELF%%:9002", default).ShouldBeNull();
        notifier.IsEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_targets_notices_are_off()
    {
        await using Notifier notifier = Make();

        notifier.IsEnabled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_wildcard_is_one_target_per_controller()
    {
        await using Notifier notifier = Make(new CallerNotifySocket(9001));
        const string Wildcard = "tcp:%%CC_SELF%%:9001";
        var origin = new RequestOrigin(IPAddress.Parse("192.0.2.9"), IPAddress.Parse("192.0.2.1"));

        NoticeTarget remote = notifier.Permit(Wildcard, origin)!;
        remote.Name.ShouldBe("tcp:192.0.2.9:9001");
        notifier.Permit(Wildcard, origin).ShouldBe(remote);
        notifier.Permit(Wildcard, default)!.Name.ShouldBe("tcp:127.0.0.1:9001");
    }

    [Fact]
    public async Task At_most_64_targets_exist_and_running_out_is_said_once()
    {
        await using Notifier notifier = Make(new CallerNotifySocket(9001));
        NoticeTarget?[] targets = [.. Enumerable.Range(1, 70).Select(i =>
            notifier.Permit("tcp:%%CC_SELF%%:9001", new RequestOrigin(new IPAddress([192, 0, 2, (byte)i]))))];

        targets.Count(target => target is not null).ShouldBe(64);
        _logger.Lines.ShouldHaveSingleItem().Id.ShouldBe(1205);
    }

    [Fact]
    public async Task Messages_arrive_in_order_over_one_connection()
    {
        using Socket listener = Listen();
        await using Notifier notifier = Make(new UnixNotifySocket(SocketPath));
        NoticeTarget target = notifier.Permit(SocketPath, default)!;
        for (int i = 0; i < 100; i++)
        {
            notifier.Post(target, Encoding.ASCII.GetBytes($"tag {i}\n"));
        }

        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        string text = await ReadUntil(peer, "tag 99\n");

        text.ShouldBe(string.Concat(Enumerable.Range(0, 100).Select(i => $"tag {i}\n")));
    }

    [Fact]
    public async Task The_first_message_after_the_peer_closed_is_not_lost()
    {
        using Socket listener = Listen();
        await using Notifier notifier = Make(new UnixNotifySocket(SocketPath));
        NoticeTarget target = notifier.Permit(SocketPath, default)!;
        notifier.Post(target, "one\n"u8.ToArray());
        using (Socket first = await listener.AcceptAsync().WaitAsync(Patience))
        {
            (await ReadUntil(first, "one\n")).ShouldBe("one\n");

            // What a peer says is of no interest, and does not hide that it closes.
            first.Send("hello"u8);
        }

        notifier.Post(target, "two\n"u8.ToArray());

        using Socket second = await listener.AcceptAsync().WaitAsync(Patience);
        (await ReadUntil(second, "two\n")).ShouldBe("two\n");
        notifier.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task A_target_that_is_not_there_costs_the_message_and_is_found_when_it_comes_back()
    {
        await using Notifier notifier = Make(new UnixNotifySocket(SocketPath));
        NoticeTarget target = notifier.Permit(SocketPath, default)!;
        notifier.Post(target, "lost\n"u8.ToArray());
        await Eventually.TrueAsync(() => notifier.Dropped == 1, "the message is lost");
        _logger.Lines.Select(line => line.Id).ShouldBe([1201, 1203]);
        _logger.Texts.First().ShouldEndWith(": No such file or directory");

        using Socket listener = Listen();
        notifier.Post(target, "found\n"u8.ToArray());

        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        (await ReadUntil(peer, "\n")).ShouldBe("found\n");
    }

    [Fact]
    public async Task A_path_that_no_socket_can_have_costs_its_messages_only()
    {
        string path = "/" + new string('x', 200);
        await using Notifier notifier = Make(new UnixNotifySocket(path));

        notifier.Post(notifier.Permit(path, default)!, "lost\n"u8.ToArray());

        await Eventually.TrueAsync(() => notifier.Dropped == 1, "the message is lost");
    }

    [Fact]
    public async Task A_target_that_never_reads_delays_nobody()
    {
        using Socket listener = Listen();
        await using Notifier notifier = Make(new UnixNotifySocket(SocketPath));
        NoticeTarget target = notifier.Permit(SocketPath, default)!;
        byte[] message = new byte[8000];

        for (int i = 0; i < 10_000; i++)
        {
            notifier.Post(target, message);
        }

        notifier.Dropped.ShouldBeGreaterThan(0);
        _logger.Lines.Count(line => line.Id == 1204).ShouldBeInRange(1, 50);
    }

    [Fact]
    public async Task The_connection_of_a_wildcard_comes_from_the_address_of_the_control_socket()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using Notifier notifier = Make(new CallerNotifySocket(port));

        notifier.Post(
            notifier.Permit($"tcp:%%CC_SELF%%:{port}", new RequestOrigin(IPAddress.Loopback, IPAddress.Parse("127.0.0.3")))!,
            "x\n"u8.ToArray());

        using Socket peer = await listener.AcceptSocketAsync().WaitAsync(Patience);
        ((IPEndPoint)peer.RemoteEndPoint!).Address.ShouldBe(IPAddress.Parse("127.0.0.3"));
    }

    [Theory]
    [InlineData("127.0.0.3")]
    [InlineData("127.0.0.9")]
    public async Task The_connection_to_a_fixed_target_comes_from_the_address_of_the_control_socket(string local)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string name = $"tcp:{listener.LocalEndpoint}";
        await using Notifier notifier = Make(new TcpNotifySocket(name, (IPEndPoint)listener.LocalEndpoint));
        var origin = new RequestOrigin(IPAddress.Loopback, IPAddress.Parse(local));

        notifier.Post(notifier.Permit(name, origin)!, "x\n"u8.ToArray());

        using Socket peer = await listener.AcceptSocketAsync().WaitAsync(Patience);
        ((IPEndPoint)peer.RemoteEndPoint!).Address.ShouldBe(IPAddress.Parse(local));
        (await ReadUntil(peer, "\n")).ShouldBe("x\n");
    }

    [Fact]
    public async Task Each_address_that_commands_come_in_on_has_a_connection_of_its_own_and_the_rest_share_one()
    {
        await using Notifier notifier = Make(new TcpNotifySocket("tcp:127.0.0.1:9", new IPEndPoint(IPAddress.Loopback, 9)));
        NoticeTarget? From(string? local) =>
            notifier.Permit("tcp:127.0.0.1:9", new RequestOrigin(null, local is null ? null : IPAddress.Parse(local)));

        From("127.0.0.2").ShouldBe(From("127.0.0.2"));
        From("127.0.0.2").ShouldNotBe(From("127.0.0.3"));
        From(null).ShouldBe(From(null));
        From(null).ShouldNotBe(From("127.0.0.2"));
    }

    [Fact]
    public async Task An_address_that_cannot_be_used_does_not_cost_the_message()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string name = $"tcp:{listener.LocalEndpoint}";
        await using Notifier notifier = Make(new TcpNotifySocket(name, (IPEndPoint)listener.LocalEndpoint));

        notifier.Post(notifier.Permit(name, new RequestOrigin(null, IPAddress.Parse("192.0.2.77")))!, "x\n"u8.ToArray());

        using Socket peer = await listener.AcceptSocketAsync().WaitAsync(Patience);
        (await ReadUntil(peer, "\n")).ShouldBe("x\n");
        _logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_closes_at_once_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string name = $"tcp:{listener.LocalEndpoint}";
        await using Notifier notifier = Make(new TcpNotifySocket(name, (IPEndPoint)listener.LocalEndpoint));

        // Waits for no other test: at once is within a moment of the connection.
        var target = new Thread(() => listener.AcceptSocket().Dispose()) { IsBackground = true };
        target.Start();
        notifier.Post(notifier.Permit(name, new RequestOrigin(null, IPAddress.Parse("127.0.0.3")))!, "x\n"u8.ToArray());

        await Eventually.TrueAsync(() => _logger.Lines.Any(line => line.Id == 1206), "it is told");
        _logger.Texts.First().ShouldBe(
            $"the notification target {name} closed the connection from 127.0.0.3 as soon as it was open: "
            + "it may not take notifications from this address");
    }

    private Notifier Make(params NotifySocket[] permitted) => new(permitted, _logger);

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        return listener;
    }

    private static async Task<string> ReadUntil(Socket peer, string end)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            int count = await peer.ReceiveAsync(buffer).WaitAsync(Patience);
            count.ShouldBeGreaterThan(0);
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}

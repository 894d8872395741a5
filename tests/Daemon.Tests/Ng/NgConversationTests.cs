using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Ng;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>
/// The recorded conversations of the ng protocol on the executable, over UDP: those that are words only. The core plays all of them, with
/// packets and time.
/// </summary>
public sealed class NgConversationTests(NgConversationTests.Relay relay) : IClassFixture<NgConversationTests.Relay>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Conversations", "NgCalls");

    public static TheoryData<string> Names => new(
        Directory.GetFiles(Folder, "*.talk")
            .Select(NgConversation.Read)
            .Where(conversation => conversation.Options is "plain" or "fresh" && conversation.Steps.All(step => step.IsRequest))
            .Where(conversation => !conversation.Steps.SelectMany(step => step.Body).Any(IsBeyond))
            .Select(conversation => conversation.Name)
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_conversation_is_as_it_is_written_down(string name)
    {
        NgConversation conversation = NgConversation.Read(Path.Combine(Folder, name + ".talk"));

        conversation.Retell(new OverUdp(relay).Play(conversation))
            .ShouldBe(conversation.Retell([.. conversation.Steps.Select(step => step.Told)]));
    }

    /// <summary>What other conversations left is seen, or files are made.</summary>
    private static bool IsBeyond(string line) =>
        line is "command = \"list\"" or "command = \"statistics\"" || line.Contains("record", StringComparison.Ordinal);

    /// <summary>One daemon for all: their calls have names of their own.</summary>
    public sealed class Relay : IAsyncLifetime
    {
        private DaemonProcess? _daemon;

        public int Port { get; } = FreePorts.One(ProtocolType.Udp, ipv6: false);

        public PortRange Media => _daemon!.Ports;

        public async ValueTask InitializeAsync() => _daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Options = ["-l", "127.0.7.1", "--allow-media-to", "127.0.0.0/8", "--ng", $"udp:{Port}"],
        });

        public async ValueTask DisposeAsync() => await _daemon!.DisposeAsync();
    }

    private sealed class OverUdp(Relay relay) : NgConversationPlayer(relay.Media.Min, relay.Media.Max)
    {
        private int _cookies;

        protected override byte[] Ask(byte[] dictionary)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.ReceiveTimeout = (int)Eventually.Deadline.TotalMilliseconds;
            socket.Connect(IPAddress.Loopback, relay.Port);
            string cookie = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}{_cookies++} ");
            socket.Send([.. Encoding.ASCII.GetBytes(cookie), .. dictionary]);
            byte[] buffer = new byte[ushort.MaxValue];
            return buffer.AsSpan(cookie.Length, socket.Receive(buffer) - cookie.Length).ToArray();
        }

        protected override IReadOnlyList<string> Send(string line) => throw new NotSupportedException();

        protected override void Wait(TimeSpan time) => throw new NotSupportedException();
    }
}

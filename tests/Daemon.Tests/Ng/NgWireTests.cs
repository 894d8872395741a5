using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>Recorded bytes of the ng protocol on the executable: broken datagrams, repeated cookies, messages in pieces; and connections that never make one.</summary>
public sealed partial class NgWireTests
{
    private static readonly byte[] Last = "last d7:command4:pinge"u8.ToArray();

    private readonly int _udp = FreePorts.One(ProtocolType.Udp, ipv6: false);
    private readonly int _tcp = FreePorts.One(ProtocolType.Tcp, ipv6: false);

    [Theory]
    [InlineData("001-ping")]
    [InlineData("002-malformed")]
    [InlineData("004-cookie-cache")]
    public async Task Datagrams_are_answered_byte_for_byte_or_not_at_all(string name)
    {
        await using DaemonProcess daemon = await StartAsync();
        foreach (Match step in Read(name, "RAW"))
        {
            // What is not answered would be before the ping is.
            using NgClient client = new(_udp, ProtocolType.Udp);
            await client.SendAsync(BytesOf(step.Groups["sent"].Value));
            if (step.Groups["told"].Value is not "NONE")
            {
                (await client.HearAsync()).ShouldBe(Encoding.Latin1.GetString(BytesOf(step.Groups["told"].Value[4..])));
            }

            (await client.AskAsync($"{Guid.NewGuid():N}", "d7:command4:pinge")).ShouldBe("d6:result4:ponge");
        }
    }

    [Fact]
    public async Task Streams_are_answered_byte_for_byte()
    {
        await using DaemonProcess daemon = await StartAsync();
        foreach (Match step in Read("005-tcp-framing", "TCP"))
        {
            using Socket socket = await ConnectAsync();
            foreach (string piece in step.Groups["sent"].Value.Split(" + "))
            {
                await socket.SendAsync(BytesOf(piece));
            }

            Match told = Answer().Match(step.Groups["told"].Value);
            string expected = Encoding.Latin1.GetString(BytesOf(told.Groups["bytes"].Value));
            (await HearAsync(socket, expected.Length)).ShouldBe(expected, step.Value);
            if (told.Groups["state"].Value == "server closed")
            {
                (await IsClosedAsync(socket)).ShouldBeTrue(step.Value);
            }
            else
            {
                await socket.SendAsync(Last);
                (await HearAsync(socket, "last d6:result4:ponge".Length)).ShouldBe("last d6:result4:ponge", step.Value);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("cookie d7:command4:ping3:sdp99999:")]
    [InlineData("cookie {\"sdp\":\"")]
    public async Task A_connection_that_sends_64_KiB_without_a_message_is_closed_and_others_go_on(string beginning)
    {
        await using DaemonProcess daemon = await StartAsync();
        using NgClient other = new(_tcp, ProtocolType.Tcp);
        using Socket socket = await ConnectAsync();

        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(beginning + new string('x', 70_000)));
        }
        catch (SocketException)
        {
            // It may be closed before all is sent.
        }

        (await IsClosedAsync(socket)).ShouldBeTrue();
        (await other.AskAsync("ping")).ShouldBe("d6:result4:ponge");
    }

    [Theory]
    [InlineData("udp", "[::1]:")]
    [InlineData("udp", "::1:")]
    [InlineData("udp6", "[::1]:")]
    [InlineData("udp6", "")]
    [InlineData("tcp", "[::1]:")]
    [InlineData("tcp6", "[::1]:")]
    public async Task It_is_heard_at_an_IPv6_address(string scheme, string host)
    {
        ProtocolType protocol = scheme.StartsWith("udp", StringComparison.Ordinal) ? ProtocolType.Udp : ProtocolType.Tcp;
        int port = FreePorts.One(protocol, ipv6: true);
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["-l", "127.0.0.1", "--ng", $"{scheme}:{host}{port}"] });
        using NgClient client = new(new IPEndPoint(IPAddress.IPv6Loopback, port), protocol);

        (await client.AskAsync("ping")).ShouldBe("d6:result4:ponge");
    }

    [Theory]
    [InlineData(" d7:command4:pinge")]
    [InlineData(" {\"command\":\"ping\"}")]
    [InlineData("TOO LONG d7:command4:pinge")]
    public async Task A_message_without_a_cookie_that_can_be_answered_does_not_end_its_connection(string message)
    {
        await using DaemonProcess daemon = await StartAsync();
        using Socket socket = await ConnectAsync();

        await socket.SendAsync(Encoding.Latin1.GetBytes(message.Replace("TOO LONG", new string('c', 1_001), StringComparison.Ordinal)));
        await socket.SendAsync(Last);

        (await HearAsync(socket, "last d6:result4:ponge".Length)).ShouldBe("last d6:result4:ponge");
    }

    [Fact]
    public async Task Who_says_that_nothing_follows_is_answered_all_the_same_and_then_the_connection_ends()
    {
        await using DaemonProcess daemon = await StartAsync();
        using Socket socket = await ConnectAsync();

        await socket.SendAsync("first d7:command4:pingelast d7:command4:pinge"u8.ToArray());
        socket.Shutdown(SocketShutdown.Send);

        const string Replies = "first d6:result4:pongelast d6:result4:ponge";
        (await HearAsync(socket, Replies.Length)).ShouldBe(Replies);
        (await IsClosedAsync(socket)).ShouldBeTrue();
    }

    private Task<DaemonProcess> StartAsync() =>
        DaemonProcess.StartAsync(new DaemonSettings { Options = ["-l", "127.0.0.1", "--ng", $"udp:{_udp}", "--ng", $"tcp:{_tcp}"] });

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _tcp);
        return socket;
    }

    private static async Task<string> HearAsync(Socket socket, int length)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        byte[] buffer = new byte[length];
        int heard = 0;
        while (heard < length && await socket.ReceiveAsync(buffer.AsMemory(heard), deadline.Token) is > 0 and int more)
        {
            heard += more;
        }

        return Encoding.Latin1.GetString(buffer, 0, heard);
    }

    /// <summary>Whatever may still come, then its end.</summary>
    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        byte[] buffer = new byte[4_096];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token) > 0)
            {
            }

            return true;
        }
        catch (SocketException reset)
        {
            return reset.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private static Match[] Read(string name, string kind)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Conversations", "Ng", name + ".talk"));
        Match[] steps = [.. Step().Matches(text).Where(step => step.Groups["kind"].Value == kind)];
        steps.Length.ShouldBeGreaterThan(3);
        return steps;
    }

    private static byte[] BytesOf(string json) => Encoding.Latin1.GetBytes(JsonDocument.Parse(json).RootElement.GetString()!);

    [GeneratedRegex("^>> .*\n(?<kind>RAW|TCP) (?<sent>\".*\")\n<< .*\n(?<told>.*)$", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex("""^TCP (?<bytes>".*")  \((?<state>.*)\)$""")]
    private static partial Regex Answer();
}

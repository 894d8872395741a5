using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// The control socket of an rtpproxy that records every command and replies as its script says for the Call-ID.
/// Kamailio asks it over UDP, our side through <see cref="ScriptedNode"/>; both get the same replies.
/// </summary>
public sealed class ScriptedRelay : IAsyncDisposable
{
    public const string UsualReply = "35000 127.0.0.5";
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentDictionary<string, string[]> _scripts = new();
    private readonly ConcurrentDictionary<string, List<string>> _received = new();
    private readonly Task _service;

    public ScriptedRelay(RelayCapabilities capabilities, string version = "20040107")
    {
        Capabilities = capabilities;
        Version = version;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _service = ServeAsync();
    }

    public RelayCapabilities Capabilities { get; }

    public string Version { get; }

    public string Url => $"udp:{_socket.LocalEndPoint}";

    /// <summary>What is replied to the commands of a call, one after the other; the last one again and again.</summary>
    public void Script(string callId, string[] replies) => _scripts[callId] = replies;

    /// <summary>The commands of a call so far, in order.</summary>
    public string[] CommandsOf(string callId)
    {
        if (!_received.TryGetValue(callId, out List<string>? commands))
        {
            return [];
        }

        lock (commands)
        {
            return [.. commands];
        }
    }

    /// <summary>What the node replies to the command with this number among those of the call.</summary>
    public string ReplyTo(string callId, int number, string command)
    {
        if (_scripts.TryGetValue(callId, out string[]? replies) && replies.Length > 0)
        {
            return replies[Math.Min(number, replies.Length - 1)];
        }

        return command[0] is 'U' or 'L' ? UsualReply : "0";
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _service;
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[8192];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveFromResult got = await _socket.ReceiveFromAsync(buffer, anyone);
                string[] halves = Encoding.Latin1.GetString(buffer, 0, got.ReceivedBytes).Split(' ', 2);
                byte[] reply = Encoding.Latin1.GetBytes($"{halves[0]} {Reply(halves[1])}\n");
                await _socket.SendToAsync(reply, got.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end: the socket was disposed.
        }
    }

    private string Reply(string command)
    {
        switch (command)
        {
            case "V":
                return Version;
            case "VF 20050322":
                return "1";
            case "VF 20071116":
                return Capabilities.HasFlag(RelayCapabilities.Repacketization) ? "1" : "0";
            case "VF 20081102":
                return Capabilities.HasFlag(RelayCapabilities.CodecLists) ? "1" : "0";
            default:
                break;
        }

        // Call-IDs of the tests have no semicolon; what follows one is the suffix of a flag.
        string callId = command.Split(' ')[1].Split(';')[0];
        List<string> commands = _received.GetOrAdd(callId, _ => []);
        lock (commands)
        {
            commands.Add(command);
            return ReplyTo(callId, commands.Count - 1, command);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Controller.Tests.Differential;
using RtpProxy.Sip;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

[assembly: AssemblyFixture(typeof(KamailioProxy))]

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// One real Kamailio with its rtpproxy module for the whole run, between sockets of the test: a message that is sent to
/// it comes back as it would go on to the next hop.
/// </summary>
public sealed class KamailioProxy : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;
    private readonly string _directory = Directory.CreateTempSubdirectory("kamailio-").FullName;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SipMessage>> _arrived = new();
    private readonly SemaphoreSlim _arrival = new(0);
    private readonly Socket _socket4 = Bind(IPAddress.Loopback);
    private readonly Socket _socket6 = Bind(IPAddress.IPv6Loopback);
    private readonly StringBuilder _log = new();
    private Process? _process;
    private int _port;

    /// <summary>
    /// Nodes of sets 0, 1 and 2: with all features, with none of the optional ones, and of a version nobody speaks.
    /// </summary>
    public ScriptedRelay[] Relays { get; } =
    [
        new(RelayCapabilities.CodecLists | RelayCapabilities.Repacketization),
        new(RelayCapabilities.None),
        new(RelayCapabilities.None, version: "1"),
    ];

    public string Address(bool overIPv6) => overIPv6 ? $"[::1]:{_port}" : $"127.0.0.1:{_port}";

    public string TestAddress(bool overIPv6) => (overIPv6 ? _socket6 : _socket4).LocalEndPoint!.ToString()!;

    public async ValueTask InitializeAsync()
    {
        _ = ReceiveAsync(_socket4);
        _ = ReceiveAsync(_socket6);

        // The port is free when it is asked for; if somebody takes it before Kamailio does, another one is tried.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await StartAsync();
            if (await IsServingAsync())
            {
                return;
            }

            await StopAsync();
        }

        throw new InvalidOperationException($"Kamailio does not start:\n{LogText()}");
    }

    /// <summary>Sends a message and waits for what the proxy makes of it.</summary>
    public async Task<SipMessage> PassAsync(string message, string callId, bool overIPv6 = false)
    {
        Send(message, overIPv6);
        return await NextAsync(callId);
    }

    public void Send(string message, bool overIPv6 = false)
    {
        IPAddress to = overIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        (overIPv6 ? _socket6 : _socket4).SendTo(Encoding.Latin1.GetBytes(message), new IPEndPoint(to, _port));
    }

    /// <summary>The next message of a call that the proxy sends to the test, waiting for it if need be.</summary>
    public async Task<SipMessage> NextAsync(string callId)
    {
        ConcurrentQueue<SipMessage> queue = QueueOf(callId);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (queue.TryDequeue(out SipMessage? message))
            {
                return message;
            }

            if (waited.Elapsed > Deadline)
            {
                Assert.Fail($"Kamailio passed nothing on for {callId}:\n{LogText()}");
            }

            await _arrival.WaitAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _socket4.Dispose();
        _socket6.Dispose();
        foreach (ScriptedRelay relay in Relays)
        {
            await relay.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartAsync()
    {
        _port = FreePorts.One(ProtocolType.Udp, ipv6: false); // none of those that the kernel gives to the sockets of other tests
        string template = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Differential", "kamailio.cfg"));
        string config = Path.Combine(_directory, "kamailio.cfg");
        await File.WriteAllTextAsync(config, template
            .Replace("@PORT@", _port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@FULL@", Relays[0].Url, StringComparison.Ordinal)
            .Replace("@PLAIN@", Relays[1].Url, StringComparison.Ordinal)
            .Replace("@UNUSABLE@", Relays[2].Url, StringComparison.Ordinal));

        // timeout(1) ends it even if this process is killed before it can do so.
        _process = Process.Start(new ProcessStartInfo("timeout")
        {
            ArgumentList =
            {
                "-k", "5", "600", "kamailio", "-f", config, "-DD", "-E", "-m", "32", "-M", "4", "-Y", _directory, "-w", _directory,
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("Kamailio (Debian package kamailio) cannot be started.");
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.OutputDataReceived += (_, line) => Log(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    private async Task<bool> IsServingAsync()
    {
        var ping = new ModuleCase("ping") { Do = "none", Method = "OPTIONS", Body = null };
        const string callId = "are-you-there";
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Deadline && !_process!.HasExited)
        {
            Send(ping.Write(callId, TestAddress(false), Address(false)));
            await _arrival.WaitAsync(TimeSpan.FromMilliseconds(50));
            if (!QueueOf(callId).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (!_process.HasExited)
        {
            using Process signal = Process.Start("kill", $"-TERM {_process.Id}");
            await signal.WaitForExitAsync();
            await _process.WaitForExitAsync(new CancellationTokenSource(Deadline).Token);
        }

        _process.Dispose();
        _process = null;
    }

    private async Task ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[65_536];
        try
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(buffer);
                if (SipMessage.TryParse(buffer.AsSpan(0, length), out SipMessage message, out _))
                {
                    QueueOf(message.CallId ?? "").Enqueue(message);
                    _arrival.Release();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end: the socket was disposed.
        }
    }

    private ConcurrentQueue<SipMessage> QueueOf(string callId) => _arrived.GetOrAdd(callId, _ => new());

    private void Log(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }

    private string LogText()
    {
        lock (_log)
        {
            return _log.ToString();
        }
    }

    private static Socket Bind(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}

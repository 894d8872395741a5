using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>Bytes to and from a control socket, as they are on the wire. Not thread-safe.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Socket? _socket;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly List<byte> _received = [];
    private Task<int>? _reading;

    private RawConnection(Stream input, Stream output, Socket? socket)
    {
        _input = input;
        _output = output;
        _socket = socket;
    }

    public static async Task<RawConnection> OpenAsync(DaemonProcess daemon, ControlSocket target)
    {
        if (target.Transport == Transport.Stdio)
        {
            return new(daemon.OutputStream, daemon.Input, null);
        }

        EndPoint endPoint = target.EndPoint!;
        Socket socket;
        if (target.Transport is Transport.Udp or Transport.Udp6)
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(endPoint);
        }
        else
        {
            socket = await StreamConnection.OpenAsync(endPoint);
        }

        // A stream over a datagram socket keeps each write and each read a datagram.
        Stream stream = new SocketStream(socket);
        return new(stream, stream, socket);
    }

    public async Task SendAsync(byte[] bytes)
    {
        await _output.WriteAsync(bytes);
        await _output.FlushAsync();
    }

    /// <summary>Reads until the pattern matches what has come.</summary>
    /// <returns>What is wrong; null when the reply matches.</returns>
    public async Task<string?> ReceiveAsync(ReplyPattern pattern, PortNames names, int lateSeconds, TimeSpan patience)
    {
        using CancellationTokenSource deadline = new(patience);
        while (true)
        {
            string? fault = pattern.Explain(_received.ToArray(), names, lateSeconds);
            if (fault is null)
            {
                _received.Clear();
                return null;
            }

            if (!await ReadMoreAsync(deadline.Token))
            {
                return fault;
            }
        }
    }

    /// <summary>True if nothing comes for a while.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan patience)
    {
        using CancellationTokenSource deadline = new(patience);
        await ReadMoreAsync(deadline.Token);
        return _received.Count == 0;
    }

    /// <summary>True if the daemon closes the connection within that time.</summary>
    public async Task<bool> IsClosedAsync(TimeSpan patience)
    {
        using CancellationTokenSource deadline = new(patience);
        while (await ReadMoreAsync(deadline.Token))
        {
            // What comes before the end does not matter here.
        }

        return !deadline.IsCancellationRequested;
    }

    public void Dispose() => _socket?.Dispose();

    // A read that outlasts the patience goes on, so that nothing is lost between two questions.
    private async Task<bool> ReadMoreAsync(CancellationToken deadline)
    {
        _reading ??= _input.ReadAsync(_buffer, CancellationToken.None).AsTask();
        try
        {
            int count = await _reading.WaitAsync(deadline);
            _received.AddRange(_buffer.AsSpan(0, count));
            _reading = count > 0 ? null : _reading;
            return count > 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (IOException)
        {
            return false; // Reset, which is a way to close as well.
        }
    }
}

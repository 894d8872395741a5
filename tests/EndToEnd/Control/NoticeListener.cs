using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Control;

/// <summary>Somebody who is told about time-outs on a Unix socket (control protocol, section 7): a line each.</summary>
public sealed class NoticeListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;
    private StreamReader? _lines;

    public NoticeListener(string path)
    {
        _path = path;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
    }

    /// <summary>Waits for the next notice, first for the connection that brings it.</summary>
    public async Task<string?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        _lines ??= new StreamReader(
            new NetworkStream(await _listener.AcceptAsync(deadline.Token), ownsSocket: true), Encoding.Latin1);
        return await _lines.ReadLineAsync(deadline.Token);
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _listener.Dispose();
        File.Delete(_path);
    }
}

using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Admin;

/// <summary>A client of the admin socket that reads and writes lines.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    public AdminClient(Socket connection)
    {
        Connection = connection;
        _stream = new NetworkStream(connection, ownsSocket: true);
        _reader = new StreamReader(_stream, new UTF8Encoding(false));
    }

    public Socket Connection { get; }

    public static async Task<AdminClient> ConnectAsync(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return new AdminClient(socket);
    }

    public Task<AdminReply> AskAsync(AdminRequest request) =>
        AskAsync(JsonSerializer.Serialize(request, AdminJson.Default.AdminRequest));

    public async Task<AdminReply> AskAsync(string line)
    {
        await SendAsync(line + "\n");
        return await ReadAsync() ?? throw new IOException("The connection was closed.");
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>The next line; null when the connection was closed.</summary>
    public async Task<AdminReply?> ReadAsync()
    {
        string? line = await ReadLineAsync();
        return line is null ? null : JsonSerializer.Deserialize(line, AdminJson.Default.AdminReply);
    }

    public async Task<string?> ReadLineAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        try
        {
            return await _reader.ReadLineAsync(deadline.Token);
        }
        catch (IOException)
        {
            return null; // reset
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}

using System.Net.Sockets;
using System.Text.Json;
using RtpProxy.Admin;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>Somebody who is connected to a <see cref="FakeRelay"/>.</summary>
internal sealed class FakeConnection(FakeRelay relay, Socket socket) : IAsyncDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly SemaphoreSlim _writing = new(1);
    private Task _serving = Task.CompletedTask;

    public bool WantsEvents { get; private set; }

    public void Start() => _serving = Task.Run(ServeAsync);

    public Task SendAsync(AdminReply reply) =>
        SendAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(reply, AdminJson.Default.AdminReply), (byte)'\n']);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has gone: what it is told does not matter.
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            using StreamReader lines = new(_stream, leaveOpen: true);
            while (await lines.ReadLineAsync() is { } line)
            {
                AdminRequest request = JsonSerializer.Deserialize(line, AdminJson.Default.AdminRequest)!;
                if (relay.Answer(request) is { } reply)
                {
                    await SendAsync(reply);
                    WantsEvents |= request.Ask == AdminWords.Events;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }

        relay.Forget(this);
    }
}

using System.Net.Sockets;
using RtpProxy.EndToEnd.Control;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>Control clients that hold a connection and do nothing for it.</summary>
public sealed class StuckClients
{
    [Fact]
    public async Task Clients_that_never_speak_delay_nobody_and_cost_nothing_once_they_are_gone()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync("unix", "-s", "cunix:kept.sock");
        var mute = new List<Socket>();
        for (int i = 0; i < 40; i++)
        {
            mute.Add(await ConnectAsync(relay, i % 2 == 0 ? "relay.sock" : "kept.sock"));
        }

        using LoneCall call = await relay.CallAsync();
        for (int i = 0; i < 20; i++)
        {
            await call.ExchangeAsync();
        }

        call.ShouldBeUndisturbed();
        await call.DeleteAsync();
        mute.ForEach(socket => socket.Dispose());
        await relay.NothingShouldBeLeftAsync();
    }

    [Fact]
    public async Task A_client_that_never_reads_delays_nobody()
    {
        await using LoneRelay relay = await LoneRelay.StartAsync("unix", "-s", "cunix:kept.sock");
        using Socket deaf = await ConnectAsync(relay, "kept.sock");
        byte[] commands = [.. Enumerable.Repeat("I\n"u8.ToArray(), 1_000).SelectMany(command => command)];
        deaf.Blocking = false;
        using LoneCall call = await relay.CallAsync();

        // Until the daemon stops reading, because its replies are not taken: its memory does not grow by them.
        int sent = 0;
        for (int full = 0; full < 20;)
        {
            try
            {
                sent += deaf.Send(commands);
                full = 0;
                sent.ShouldBeLessThan(100_000_000, "the daemon reads on without end");
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                full++;
                await call.ExchangeAsync();
            }
        }

        (await relay.AskAsync("V")).ShouldBe("20040107");
        call.ShouldBeUndisturbed();
        await call.DeleteAsync();
        deaf.Dispose();
        await relay.NothingShouldBeLeftAsync();
    }

    private static Task<Socket> ConnectAsync(LoneRelay relay, string path) =>
        UnixConnection.OpenAsync(relay.Directory[path], TestContext.Current.CancellationToken);
}

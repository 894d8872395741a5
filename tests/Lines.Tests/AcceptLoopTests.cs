using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Lines.Tests;

public sealed class AcceptLoopTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = ListeningSocket.Open(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly List<Socket> _clients = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _clients.ForEach(client => client.Dispose());
        _stop.Dispose();
    }

    [Fact]
    public async Task Connections_are_served_side_by_side()
    {
        Task running = new AcceptLoop(_listener, 8, EchoAsync).RunAsync(_stop.Token);

        Socket first = await ConnectAsync();
        Socket second = await ConnectAsync();

        (await AskAsync(second)).ShouldBeTrue();
        (await AskAsync(first)).ShouldBeTrue();
        running.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task One_too_many_is_closed_and_counted_and_a_place_that_is_free_is_used_again()
    {
        var loop = new AcceptLoop(_listener, 1, EchoAsync);
        _ = loop.RunAsync(_stop.Token);
        Socket first = await ConnectAsync();
        (await AskAsync(first)).ShouldBeTrue();

        (await AskAsync(await ConnectAsync())).ShouldBeFalse();
        loop.Refused.ShouldBe(1);

        first.Dispose();
        while (!await AskAsync(await ConnectAsync()))
        {
            // The end of the first one is seen in a moment.
        }
    }

    [Fact]
    public async Task One_too_many_can_wait_instead()
    {
        var loop = new AcceptLoop(_listener, 1, EchoAsync) { WhenFull = WhenFull.Wait };
        _ = loop.RunAsync(_stop.Token);
        Socket first = await ConnectAsync();
        (await AskAsync(first)).ShouldBeTrue();
        Task<bool> second = AskAsync(await ConnectAsync());

        (await AskAsync(first)).ShouldBeTrue();
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();

        (await second.WaitAsync(Patience, Cancellation)).ShouldBeTrue();
        loop.Refused.ShouldBe(0);
    }

    [Fact]
    public async Task It_ends_by_the_token_when_the_last_connection_has_ended()
    {
        var held = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        Task running = new AcceptLoop(_listener, 8, async (connection, stop) =>
        {
            using Socket owned = connection;
            begun.SetResult();
            await held.Task;
            stop.ThrowIfCancellationRequested();
        }).RunAsync(_stop.Token);
        await ConnectAsync();
        await begun.Task.WaitAsync(Patience, Cancellation);

        await _stop.CancelAsync();
        await Task.Yield();
        running.IsCompleted.ShouldBeFalse();
        held.SetResult();

        await running.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task It_ends_when_its_listener_is_disposed()
    {
        Task running = new AcceptLoop(_listener, 8, EchoAsync).RunAsync(_stop.Token);

        _listener.Dispose();

        await running.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_listener_that_fails_is_asked_again_after_pauses_that_grow_to_a_second()
    {
        var time = new PauseTime();
        _listener.Shutdown(SocketShutdown.Receive); // From now on accepting fails: EINVAL.
        _ = new AcceptLoop(_listener, 8, EchoAsync) { Time = time }.RunAsync(_stop.Token);

        var pauses = new List<double>();
        for (int i = 0; i < 9; i++)
        {
            pauses.Add(await time.PassNextAsync());
        }

        pauses.ShouldBe([10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
        _listener.Listen();
        await time.PassNextAsync();
        (await AskAsync(await ConnectAsync())).ShouldBeTrue();
    }

    [Fact]
    public async Task A_defect_costs_one_connection_and_is_told()
    {
        var told = new TaskCompletionSource<Exception>();
        int served = 0;
        var loop = new AcceptLoop(
            _listener,
            8,
            (connection, stop) =>
            {
                if (Interlocked.Increment(ref served) > 1)
                {
                    return EchoAsync(connection, stop);
                }

                connection.Dispose();
                throw new InvalidDataException("a defect");
            })
        { OnDefect = told.SetResult };
        _ = loop.RunAsync(_stop.Token);

        (await AskAsync(await ConnectAsync())).ShouldBeFalse();

        (await told.Task.WaitAsync(Patience, Cancellation)).Message.ShouldBe("a defect");
        (await AskAsync(await ConnectAsync())).ShouldBeTrue();
    }

    [Fact]
    public async Task A_defect_that_nobody_is_told_of_comes_out_in_the_end()
    {
        Task running = new AcceptLoop(_listener, 8, (connection, _) =>
        {
            connection.Dispose();
            throw new InvalidDataException("a defect");
        }).RunAsync(_stop.Token);
        (await AskAsync(await ConnectAsync())).ShouldBeFalse();

        await _stop.CancelAsync();

        (await Should.ThrowAsync<InvalidDataException>(running.WaitAsync(Patience, Cancellation))).Message.ShouldBe("a defect");
    }

    [Fact]
    public async Task A_client_that_resets_its_connection_is_no_defect()
    {
        Task running = new AcceptLoop(_listener, 8, EchoAsync).RunAsync(_stop.Token);
        Socket client = await ConnectAsync();
        (await AskAsync(client)).ShouldBeTrue();

        client.LingerState = new LingerOption(true, 0);
        client.Dispose();

        (await AskAsync(await ConnectAsync())).ShouldBeTrue();
        await _stop.CancelAsync();
        await running.WaitAsync(Patience, Cancellation);
    }

    private static async Task EchoAsync(Socket connection, CancellationToken stop)
    {
        using Socket owned = connection;
        byte[] buffer = new byte[1];
        while (await connection.ReceiveAsync(buffer, stop) > 0)
        {
            await connection.SendAsync(buffer, stop);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(client);
        await client.ConnectAsync(_listener.LocalEndPoint!);
        return client;
    }

    // False if the connection was closed instead of answered.
    private static async Task<bool> AskAsync(Socket client)
    {
        using var patience = new CancellationTokenSource(Patience);
        byte[] buffer = [1];
        try
        {
            await client.SendAsync(buffer, patience.Token);
            return await client.ReceiveAsync(buffer, patience.Token) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

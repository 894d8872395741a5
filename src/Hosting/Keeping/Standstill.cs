using RtpProxy.Hosting.Commands;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Relay;

namespace RtpProxy.Hosting.Keeping;

/// <summary>
/// A relay stands still, so that another process can go on where it is: first no command is read any more, and those that are
/// under way come to their end; then each worker stays in a letter.
/// </summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class Standstill(IReadOnlyList<Mailbox> mailboxes, ControlLoop loop, IReadOnlyList<ICommandsUnderWay> commands)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(1);

    private Halt[] _halts = [];

    /// <summary>Comes to a standstill. False, and all goes on, when that takes longer than <paramref name="patience"/>.</summary>
    /// <param name="before">Done on the thread of each worker before it stands still.</param>
    /// <param name="after">Done there before it goes on.</param>
    /// <param name="meanwhile">Done here when all commands have come to their end.</param>
    public async Task<bool> TryReachAsync(Action<RelayWorker, Instant> before, Action<RelayWorker> after, Action meanwhile, TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            loop.IsHeld = true;
            await CommandsEndAsync(timeout.Token).ConfigureAwait(false);
            _halts = [.. mailboxes.Select(_ => new Halt(before, after))];
            for (int i = 0; i < _halts.Length; i++)
            {
                if (!mailboxes[i].TryPost(_halts[i]))
                {
                    _halts[i].Abandon();
                }
            }

            meanwhile();
            bool[] reached = await Task.WhenAll(_halts.Select(halt => halt.Reached)).WaitAsync(timeout.Token).ConfigureAwait(false);
            if (!reached.Contains(false))
            {
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            // Too long: below.
        }

        Release();
        return false;
    }

    /// <summary>All goes on. Nothing happens where nothing stands still.</summary>
    public void Release()
    {
        LetWorkersGo(goOn: true);
        loop.IsHeld = false;
    }

    /// <summary>The threads of the workers have been told to end: they do.</summary>
    public void End() => LetWorkersGo(goOn: false);

    private void LetWorkersGo(bool goOn)
    {
        Array.ForEach(_halts, halt => halt.Release(goOn));
        _halts = [];
    }

    // Replies of connections leave by letters to the loop, and a connection may have read more commands.
    private async Task CommandsEndAsync(CancellationToken stop)
    {
        while (!await IsQuietAsync().WaitAsync(stop).ConfigureAwait(false))
        {
            await Task.Delay(LookAgain, stop).ConfigureAwait(false);
        }
    }

    private Task<bool> IsQuietAsync()
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool wasQuiet = commands.All(protocol => protocol.UnderWay == 0); // what has ended by now has its letter before ours
        loop.Post(new LoopLetter(() => answer.TrySetResult(wasQuiet && commands.All(protocol => protocol.UnderWay == 0) && !loop.HasMoreToDo)));
        return answer.Task;
    }
}

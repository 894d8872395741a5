using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Conversations;

/// <summary>
/// All conversations over all control sockets that they name, several daemons at a time: what a conversation mostly does
/// is wait for the other side.
/// </summary>
public sealed class ConversationRuns : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(Math.Max(4, 2 * Environment.ProcessorCount));
    private readonly Dictionary<(string Name, Transport Transport), Task<string?>> _runs;

    public ConversationRuns() =>
        _runs = All.ToDictionary(run => (run.Conversation.Name, run.Transport), run => PlayAsync(run.Conversation, run.Transport));

    public static IEnumerable<(Conversation Conversation, Transport Transport)> All =>
        from conversation in Conversation.LoadAll()
        from transport in conversation.Transports
        select (conversation, transport);

    /// <returns>The first thing that went otherwise; null if nothing did.</returns>
    public Task<string?> ResultOfAsync(string name, Transport transport) => _runs[(name, transport)];

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_runs.Values);
        _places.Dispose();
    }

    private async Task<string?> PlayAsync(Conversation conversation, Transport transport)
    {
        await _places.WaitAsync();
        try
        {
            return await ConversationPlayer.PlayAsync(conversation, transport);
        }
        finally
        {
            _places.Release();
        }
    }
}

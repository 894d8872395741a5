using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using RtpProxy.Admin;
using RtpProxy.Watch.Live;

namespace RtpProxy.Watch.Http;

/// <summary>
/// <c>/api/events</c>: server-sent events (WHATWG HTML, section 9.2). <c>call</c> is something that happened, with a number
/// by which a client that comes back gets what it missed; <c>nodes</c>, <c>sessions</c> and <c>session</c> are the newest state of
/// what the client looks at, made when the client can take it.
/// </summary>
internal sealed class EventStream(Answers answers, EventHub hub, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int ListEvery = 2; // Of so many turns.
    private const int MaxKinds = 32;
    private const int MaxCallIdLength = 4_096;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Events of a flood leave together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a client may take for what it was sent; then it is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task ServeAsync(HttpContext context)
    {
        if (!TryReadWishes(context.Request.Query, out Wishes? wishes, out string? problem))
        {
            await Responses.WriteAsync(context, Answers.Problem(StatusCodes.Status400BadRequest, "bad-value", problem!));
            return;
        }

        using EventClient client = new(wishes!.Kinds);
        if (!hub.TryAdd(client, LastHeard(context.Request), out long from))
        {
            context.Response.Headers.RetryAfter = "10";
            await Responses.WriteAsync(
                context, Answers.Problem(StatusCodes.Status503ServiceUnavailable, "busy", $"{EventHub.MaxClients} clients wait for events already"));
            return;
        }

        try
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted, lifetime.ApplicationStopping, client.TooSlow);
            context.Response.ContentType = "text/event-stream";
            Write(context, Encoding.ASCII.GetBytes($"retry: 2000\nid: {from}\n\n"));
            await SendAsync(context, client, wishes, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or IOException)
        {
            // Gone, too slow, or we end: a browser comes back by itself.
            context.Abort();
        }
        finally
        {
            hub.Remove(client);
        }
    }

    // A browser that comes back by itself says it in the header; a page that asks anew, in the address.
    private static long? LastHeard(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["after"].FirstOrDefault(), CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static bool TryReadWishes(IQueryCollection query, out Wishes? wishes, out string? problem)
    {
        wishes = null;
        string[]? kinds = query["kinds"].FirstOrDefault()?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? callId = query["call"].FirstOrDefault() is { Length: > 0 } call ? call : null;
        ListQuery? list = null;
        problem = null;
        if (kinds?.Length > MaxKinds)
        {
            problem = $"kinds has at most {MaxKinds} words";
        }
        else if (kinds?.Any(kind => !EventKinds.All.Contains(kind)) is true)
        {
            problem = $"kinds: expected some of {string.Join(", ", EventKinds.All)}";
        }
        else if (callId?.Length > MaxCallIdLength)
        {
            problem = $"call has at most {MaxCallIdLength} characters";
        }
        else if (query["list"].FirstOrDefault() is "1" && !ListQuery.TryRead(query, out list, out problem))
        {
            return false;
        }

        wishes = new Wishes(
            kinds is null ? null : new HashSet<string>(kinds, StringComparer.Ordinal),
            query["nodes"].FirstOrDefault() is "1",
            list,
            callId,
            query["call-node"].FirstOrDefault());
        return problem is null;
    }

    private async Task SendAsync(HttpContext context, EventClient client, Wishes wishes, CancellationToken stop)
    {
        Task<bool> arrival = client.Waiting.WaitToReadAsync(stop).AsTask();
        for (int turn = 0; ; turn++)
        {
            Task turnEnds = Task.Delay(Turn, time, stop);
            await WriteStateAsync(context, wishes, turn);
            do
            {
                await WriteArrivedAsync(context, client, stop);
                arrival = arrival.IsCompleted ? client.Waiting.WaitToReadAsync(stop).AsTask() : arrival;
                await Task.WhenAny(arrival, turnEnds);
                await Task.Delay(Gathering, time, stop);
            }
            while (!turnEnds.IsCompleted);
        }
    }

    private static async Task WriteArrivedAsync(HttpContext context, EventClient client, CancellationToken stop)
    {
        while (client.Waiting.TryRead(out byte[]? text))
        {
            Write(context, text);
            if (context.Response.BodyWriter.UnflushedBytes > ushort.MaxValue)
            {
                await FlushAsync(context, stop);
            }
        }

        await FlushAsync(context, stop);
    }

    private async Task WriteStateAsync(HttpContext context, Wishes wishes, int turn)
    {
        if (!wishes.Nodes && wishes.List is null && wishes.CallId is null)
        {
            Write(context, ":\n\n"u8); // A comment finds out who has gone.
        }

        if (wishes.Nodes)
        {
            Write(context, "nodes", (await answers.NodesAsync()).Json);
        }

        if (wishes.List is { } list && turn % ListEvery == 0)
        {
            Write(context, "sessions", (await answers.ListAsync(list)).Json);
        }

        if (wishes.CallId is { } callId)
        {
            Write(context, "session", (await answers.CallAsync(callId, null, wishes.CallNode)).Json);
        }
    }

    private static async Task FlushAsync(HttpContext context, CancellationToken stop) =>
        await context.Response.BodyWriter.FlushAsync(stop).AsTask().WaitAsync(Patience, stop);

    private static void Write(HttpContext context, string name, byte[] json)
    {
        Write(context, Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        Write(context, json);
        Write(context, "\n\n"u8);
    }

    private static void Write(HttpContext context, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(context.Response.BodyWriter.GetSpan(bytes.Length));
        context.Response.BodyWriter.Advance(bytes.Length);
    }

    private sealed record Wishes(IReadOnlySet<string>? Kinds, bool Nodes, ListQuery? List, string? CallId, string? CallNode);
}

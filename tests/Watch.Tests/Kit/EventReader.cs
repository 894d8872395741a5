using System.Text.Json;
using RtpProxy.TestKit;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>Reads server-sent events as a browser does (WHATWG HTML, section 9.2.6).</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _lines = new StreamReader(stream);
    }

    /// <summary>Number of the last event of any name, as the stream said it.</summary>
    public string? LastId { get; private set; }

    public static async Task<EventReader> OpenAsync(WatchProcess watch, string query, string? lastEventId = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/api/events" + query, UriKind.Relative));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage response = await watch.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of this name; others are passed over.</summary>
    /// <exception cref="EndOfStreamException">The stream ended.</exception>
    public async Task<JsonElement> NextAsync(string name)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        string current = "message";
        while (true)
        {
            string line = await _lines.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException();
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                current = line["event: ".Length..];
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                LastId = line["id: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && current == name)
            {
                return JsonDocument.Parse(line["data: ".Length..]).RootElement;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}

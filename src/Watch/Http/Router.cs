using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RtpProxy.Watch.Live;

namespace RtpProxy.Watch.Http;

/// <summary>What is at which path.</summary>
internal sealed class Router(Assets assets, Answers answers, EventStream events)
{
    private const string SessionPrefix = "/api/sessions/";

    public async Task ServeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (!IsOfWholeCharacters(RawTarget(context)))
        {
            await Responses.WriteAsync(context, Answers.Problem(
                StatusCodes.Status400BadRequest,
                "bad-value",
                "a part of a character is percent-encoded; expected UTF-8, in which a byte of a relay's text is a character of Latin-1, as %C3%A9 for E9"));
        }
        else if (assets.TryFind(path, out Asset? asset))
        {
            await Assets.ServeAsync(context, asset!);
        }
        else if (path.StartsWith(SessionPrefix, StringComparison.Ordinal))
        {
            await Responses.WriteAsync(context, await CallAsync(context));
        }
        else if (path == "/api/events")
        {
            await events.ServeAsync(context);
        }
        else
        {
            await Responses.WriteAsync(context, await AnswerAsync(path, context.Request.Query));
        }
    }

    private async Task<Answer> AnswerAsync(string path, IQueryCollection query) => path switch
    {
        "/api/sessions" => ListQuery.TryRead(query, out ListQuery? list, out string? problem)
            ? await answers.ListAsync(list)
            : Answers.Problem(StatusCodes.Status400BadRequest, "bad-value", problem),
        "/api/nodes" => await answers.NodesAsync(),
        "/healthz" => new Answer(StatusCodes.Status200OK, "{\"ok\":true}"u8.ToArray()),
        "/readyz" => answers.Readiness(query["node"].FirstOrDefault()),
        _ => Answers.Problem(StatusCodes.Status404NotFound, "no-such-page", "there is /, /api/sessions, /api/sessions/CALL-ID, /api/nodes, /api/events, /metrics, /healthz and /readyz"),
    };

    private async Task<Answer> CallAsync(HttpContext context) =>
        TryReadCallId(context, out string? callId)
            ? await answers.CallAsync(callId, context.Request.Query["tag"].FirstOrDefault(), context.Request.Query["node"].FirstOrDefault())
            : Answers.Problem(StatusCodes.Status400BadRequest, "bad-value", "expected /api/sessions/CALL-ID, percent-encoded");

    // From the target as it came: in the path that the server decodes, a slash of a Call-ID stays encoded.
    private static bool TryReadCallId(HttpContext context, [NotNullWhen(true)] out string? callId)
    {
        string target = RawTarget(context);
        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? target : target[..question];
        callId = path.StartsWith(SessionPrefix, StringComparison.Ordinal) && path.Length > SessionPrefix.Length
            ? Uri.UnescapeDataString(path[SessionPrefix.Length..])
            : null;
        return callId is not null;
    }

    // What is no UTF-8 the server leaves as it stands: it would be looked for, and never be found, with its percent signs.
    private static bool IsOfWholeCharacters(string target) =>
        Utf8.IsValid(WebUtility.UrlDecodeToBytes(Encoding.UTF8.GetBytes(target), 0, Encoding.UTF8.GetByteCount(target)));

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
}

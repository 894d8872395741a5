using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Relays;
using RtpProxy.Lines;
using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge.Management;

/// <summary>
/// What the management interface can be asked: <c>GET /health</c>, <c>GET /relays</c> (<c>nh_show_rtpp</c>),
/// <c>POST /relays</c> (<c>nh_enable_rtpp</c>), <c>GET /counters</c>.
/// </summary>
internal sealed class ManagementApi(RelaySets relays, SipProxy proxy, EdgeCounters counters, ILogger logger)
{
    public HttpReply Handle(HttpRequest request)
    {
        // A page in a browser on this machine must not reach us under a name of its own (DNS rebinding).
        if (!IsLoopbackName(request.Host))
        {
            return HttpReply.Error(403, "expected a Host field that names a loopback address");
        }

        return (request.Method, request.Path) switch
        {
            ("GET", "/health") => Health(),
            ("GET", "/relays") => HttpReply.Of(200, Relays(), ManagementJson.Default.IReadOnlyListRelayView),
            ("POST", "/relays") => Enable(request),
            ("GET", "/counters") => HttpReply.Of(200, Counters(), ManagementJson.Default.IReadOnlyDictionaryStringInt64),
            (_, "/relays") => HttpReply.Error(405, "expected GET or POST") with { Allow = "GET, POST" },
            (_, "/health" or "/counters") => HttpReply.Error(405, "expected GET") with { Allow = "GET" },
            _ => HttpReply.Error(404, "expected /health, /relays or /counters"),
        };
    }

    private static bool IsLoopbackName(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private HttpReply Health()
    {
        IReadOnlyList<RelayNodeStatus> nodes = relays.List();
        int down = nodes.Count(node => node.IsDisabled);
        int up = nodes.Count - down;
        string status = up == 0 ? "down" : "degraded";
        var view = new HealthView(down == 0 ? "ok" : status, up, down, proxy.TransactionCount, proxy.BindingCount);
        return HttpReply.Of(up == 0 ? 503 : 200, view, ManagementJson.Default.HealthView);
    }

    private IReadOnlyList<RelayView> Relays() =>
        [.. relays.List().Select(node => new RelayView(
            node.Url, node.SetId, node.Index, node.IsDisabled ? 1 : 0, node.Weight, node.Recheck))];

    private HttpReply Enable(HttpRequest request)
    {
        if (!request.ContentType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return HttpReply.Error(415, "expected Content-Type: application/json");
        }

        EnableView? wanted;
        try
        {
            wanted = JsonSerializer.Deserialize(request.Body, ManagementJson.Default.EnableView);
        }
        catch (JsonException)
        {
            wanted = null;
        }

        if (wanted is not { Url: { } url, Enable: { } enable })
        {
            return HttpReply.Error(400, "expected {\"url\": \"udp:127.0.0.1:22222\", \"enable\": true}");
        }

        if (!relays.SetEnabled(url, enable))
        {
            return HttpReply.Error(404, $"no relay has the url '{url}'; expected one that GET /relays lists");
        }

        Log.RelaySwitched(logger, PeerText.Brief(url), enable ? "on" : "off");
        return HttpReply.Of(200, Relays(), ManagementJson.Default.IReadOnlyListRelayView);
    }

    private OrderedDictionary<string, long> Counters()
    {
        var values = new OrderedDictionary<string, long>();
        foreach (EdgeCounter counter in Enum.GetValues<EdgeCounter>())
        {
            values[JsonNamingPolicy.SnakeCaseLower.ConvertName(counter.ToString())] = counters.Read(counter);
        }

        return values;
    }
}

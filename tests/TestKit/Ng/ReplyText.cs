using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.TestKit.Ng;

/// <summary>A reply as lines: keys and values, the description line by line, parties in a summary.</summary>
public static class ReplyText
{
    private const long FirstTime = 1_000_000_000; // seconds or microseconds of UNIX time

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Of(NgDictionary reply, OurPorts ports)
    {
        foreach (NgEntry entry in reply.Entries.ToArray())
        {
            if (entry.Key == "sdp")
            {
                foreach (string line in entry.Value.Text!.TrimEnd('\n').Split('\n'))
                {
                    yield return "| " + ports.Put(line.TrimEnd('\r'));
                }
            }
            else if (entry.Key == "tags")
            {
                foreach (string line in entry.Value.Dictionary!.Entries.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).SelectMany(tag => OfParty(tag, ports)))
                {
                    yield return line;
                }
            }
            else
            {
                yield return $"{entry.Key} = {(entry.Key == "created_us" ? "<N>" : ports.Put(Json(entry.Value)))}";
            }
        }
    }

    private static IEnumerable<string> OfParty(NgEntry tag, OurPorts ports)
    {
        NgDictionary party = tag.Value.Dictionary!;
        yield return $"~ tag {Text(tag.Key)}{Words(party, "label", "via-branch", "metadata", "in dialogue with")} subscriptions={Others(party, "subscriptions")} subscribers={Others(party, "subscribers")}";
        foreach (NgDictionary media in party["medias"].Items.Select(item => item.Dictionary!))
        {
            yield return $"~   media {Json(media["index"])} {media["type"].Text} {media["protocol"].Text}{Words(media, "label", "codec", "mid")} [{Flags(media)}]";
            foreach (NgDictionary stream in media["streams"].Items.Select(item => item.Dictionary!))
            {
                NgDictionary endpoint = stream["endpoint"].Dictionary!;
                string local = stream["local port"].Number is { } port ? ports.NameOf((int)port) : "-";
                yield return $"~     {stream["local address"].Text} {local} -> {endpoint["address"].Text} port {endpoint["port"].Number} [{Flags(stream)}] in {Traffic(stream, "stats")} out {Traffic(stream, "stats_out")}";
            }
        }
    }

    private static string Words(NgDictionary owner, params IEnumerable<string> keys) =>
        string.Concat(keys.Where(key => owner[key].Kind != NgValueKind.None).Select(key => $" {key}={Json(owner[key])}"));

    private static string Others(NgDictionary party, string key) => string.Join(
        ',', party[key].Items.Select(item => item.Dictionary!).Select(other => $"{other["tag"].Text}({other["type"].Text})"));

    private static string Flags(NgDictionary owner) => string.Join(", ", owner["flags"].Items.Select(flag => flag.Text));

    private static string Traffic(NgDictionary stream, string key) =>
        stream[key].Dictionary is { } stats ? $"{stats["packets"].Number}/{stats["bytes"].Number}" : "-";

    private static string Json(NgValue value) => value.Kind switch
    {
        NgValueKind.Text => Text(value.Text!),
        NgValueKind.Number when value.Number > FirstTime => "<TIME>",
        NgValueKind.Number => value.Number!.Value.ToString(CultureInfo.InvariantCulture),
        NgValueKind.List => $"[{string.Join(", ", value.Items.Select(Json))}]",
        NgValueKind.Dictionary => $"{{{string.Join(", ", value.Dictionary!.Entries.ToArray().Select(entry => $"{Text(entry.Key)}: {Json(entry.Value)}"))}}}",
        _ => "null",
    };

    private static string Text(string text) => JsonSerializer.Serialize(text, Relaxed);
}

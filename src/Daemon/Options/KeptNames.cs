using System.Globalization;
using System.Net;

namespace RtpProxy.Daemon.Options;

/// <summary>The names of the machine, as a relay before this one was told them.</summary>
internal sealed class KeptNames(ISystemNames names, KeptAnswers answers) : ISystemNames
{
    public (uint UserId, uint GroupId)? FindUser(string name)
    {
        string answer = Ask($"user {name}", () => names.FindUser(name) is var (user, group) ? string.Create(CultureInfo.InvariantCulture, $"{user} {group}") : "");
        return answer.Split(' ') is [var userId, var groupId] ? (Number(userId), Number(groupId)) : null;
    }

    public uint? FindGroup(string name)
    {
        string answer = Ask($"group {name}", () => names.FindGroup(name)?.ToString(CultureInfo.InvariantCulture) ?? "");
        return answer.Length > 0 ? Number(answer) : null;
    }

    public IPAddress? Resolve(string host, bool ipv6, bool numericOnly, out string reason)
    {
        if (numericOnly || IPAddress.TryParse(host, out _))
        {
            return names.Resolve(host, ipv6, numericOnly, out reason);
        }

        string why = "it had no address before either";
        string answer = Ask($"{(ipv6 ? "IPv6" : "IPv4")} {host}", () => names.Resolve(host, ipv6, numericOnly, out why)?.ToString() ?? "");
        reason = why;
        return answer.Length > 0 ? IPAddress.Parse(answer) : null;
    }

    public bool IsOfThisHost(IPAddress address) => names.IsOfThisHost(address);

    private string Ask(string question, Func<string> ask)
    {
        if (answers.Find(question) is { } kept)
        {
            return kept;
        }

        string answer = ask();
        answers.Remember(question, answer);
        return answer;
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}

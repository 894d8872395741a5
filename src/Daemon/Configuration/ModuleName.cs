namespace RtpProxy.Daemon.Configuration;

/// <summary>
/// Which module a file of the original is, by its name alone: the file need not exist, since what is in it is built in.
/// </summary>
internal static class ModuleName
{
    private static readonly (string Name, BuiltInModule Module)[] BuiltIn =
    [
        ("acct_csv", BuiltInModule.AcctCsv),
        ("acct_rtcp_hep", BuiltInModule.AcctRtcpHep),
        ("catch_dtmf", BuiltInModule.CatchDtmf),
    ];

    /// <summary>Those that there are, for messages.</summary>
    public static string Known { get; } = string.Join(", ", BuiltIn.Select(pair => pair.Name));

    private static readonly string[] NotHere = ["dtls_gw", "ice_lite"];

    /// <param name="file">
    /// <c>/usr/lib/rtpproxy/rtpp_acct_csv_debug.so</c>, of which directory, <c>rtpp_</c>, <c>_debug</c> and <c>.so</c> may be missing.
    /// </param>
    /// <param name="module">Meaningful only without a fault.</param>
    /// <returns>What is wrong with it, for behind "but"; null if nothing is.</returns>
    public static string? Find(string file, out BuiltInModule module)
    {
        string name = NameOf(file);
        (string? known, module) = Array.Find(BuiltIn, pair => pair.Name == name);
        if (known is not null)
        {
            return null;
        }

        return NotHere.Contains(name) ? $"the module {name} is not in this program" : name.Length == 0 ? "no module is named" : $"there is no module {name}";
    }

    private static string NameOf(string file)
    {
        ReadOnlySpan<char> name = file.AsSpan(file.LastIndexOf('/') + 1);
        name = name.EndsWith(".so") ? name[..^".so".Length] : name;
        name = name.EndsWith("_debug") ? name[..^"_debug".Length] : name;
        return (name.StartsWith("rtpp_") ? name["rtpp_".Length..] : name).ToString();
    }
}

using System.Text.Json.Serialization;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>The configuration file as it is written; every key may be absent. <see cref="EdgeSettings"/> is what it means.</summary>
internal sealed record EdgeFile
{
    public List<ListenSection?>? Listen { get; init; }

    public string? NextHop { get; init; }

    public RegistrarSection? Registrar { get; init; }

    public string? Authentication { get; init; }

    public string? Realm { get; init; }

    public List<string?>? Digests { get; init; }

    public List<UserSection?>? Users { get; init; }

    public List<string?>? Trusted { get; init; }

    public string? Secret { get; init; }

    public RelaysSection? Relays { get; init; }

    public InProcessRelaySection? InProcessRelay { get; init; }

    public MediaSection? Media { get; init; }

    public ManagementSection? Management { get; init; }

    public LimitsSection? Limits { get; init; }

    public string? Log { get; init; }

    internal sealed record ListenSection
    {
        public string? Transport { get; init; }

        public string? Address { get; init; }

        public int? Port { get; init; }

        public string? Advertise { get; init; }
    }

    internal sealed record RegistrarSection
    {
        public List<string?>? Domains { get; init; }

        public int? MinSeconds { get; init; }

        public int? DefaultSeconds { get; init; }

        public int? MaxSeconds { get; init; }
    }

    internal sealed record UserSection
    {
        public string? Name { get; init; }

        public string? Password { get; init; }

        public string? Md5 { get; init; }

        public string? Sha256 { get; init; }

        public List<string?>? Identities { get; init; }
    }

    internal sealed record RelaysSection
    {
        public List<string?>? Sockets { get; init; }

        public double? ReplySeconds { get; init; }

        public int? Transmissions { get; init; }

        public double? DisableSeconds { get; init; }

        public string? ForceSocket { get; init; }
    }

    internal sealed record InProcessRelaySection
    {
        public string? Address { get; init; }

        public int? MinPort { get; init; }

        public int? MaxPort { get; init; }
    }

    internal sealed record MediaSection
    {
        public string? Flags { get; init; }

        public string? Address { get; init; }

        public int? Set { get; init; }

        public string? Mark { get; init; }

        public string? WhenUnavailable { get; init; }

        public double? TotalSeconds { get; init; }

        public string? TimeoutSocket { get; init; }
    }

    internal sealed record ManagementSection
    {
        public string? Listen { get; init; }
    }

    internal sealed record LimitsSection
    {
        public int? Transactions { get; init; }

        public int? Connections { get; init; }

        public int? Bindings { get; init; }

        public int? MessageBytes { get; init; }

        public int? TransactionsOfOne { get; init; }

        public int? ConnectionsOfOne { get; init; }
    }
}

/// <summary>Reads the file's JSON without reflection; unknown keys are errors, comments and trailing commas are not.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(EdgeFile))]
internal sealed partial class EdgeFileJson : JsonSerializerContext;

using System.Collections.Immutable;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Daemon.Options;

/// <summary>All that was given, for what is found out only when everything has been read. Immutable.</summary>
internal sealed class Settings(ImmutableArray<Setting> given)
{
    /// <summary>The last one of an option, which counts where it may be given once; null if there is none.</summary>
    public Setting? Find(string name) => given.LastOrDefault(setting => setting.Option.Name == name);

    /// <summary>Each of an option, from left to right.</summary>
    public IEnumerable<Setting> All(string name) => given.Where(setting => setting.Option.Name == name);

    /// <summary>That of an option whose argument is meant, the last of several.</summary>
    public Setting? Find(string name, Func<string, bool> isMeant) =>
        given.LastOrDefault(setting => setting.Option.Name == name && isMeant(setting.Argument ?? ""));

    /// <summary>That which names a control socket; the default if none does.</summary>
    public Setting Of(ControlSocketAddress socket) =>
        socket.Language == ControlLanguage.Ng
            ? Find("ng", argument => NgSocketText.TryParse(argument, out ControlSocketAddress? address) && address == socket)!
            : Find("control", argument => ControlSocketText.Parse(argument) == socket) ?? Of("control");

    /// <summary>A fault of an option that is right by itself.</summary>
    /// <param name="name">Of the option: where it was not given, its default is what is wrong.</param>
    public StartFault Refuse(string name, ValueFault fault) => StartFault.Of(Of(name).Refuse(fault));

    /// <summary>That in force: the last one given, or the default.</summary>
    public Setting Of(string name) => Find(name) ?? Default(OptionTable.Find(name)!);

    private static Setting Default(Option option) => new(option, option.Default, $"the default of {option.Shown}");
}

using System.Globalization;
using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// What a keeper leaves to the program that it becomes by exec: lines of text in a file without a name, of which a keeper of
/// another version reads what it knows. Where even that fails, the variable alone tells which relay there is.
/// <code>
/// RTPPROXY_KEEPER_STATE=file,channel,pid
/// relay NUMBER / workers N / version HEX / deaths N / draining 0|1 / program HEX / hold HEX FD [FD [FD [FD]]] / end
/// </code>
/// </summary>
internal sealed record KeeperState
{
    /// <summary>The name of the variable by which a keeper knows that it goes on for another.</summary>
    public const string Variable = "RTPPROXY_KEEPER_STATE";

    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Of the relay: its process, and our end of the channel to it.</summary>
    public required int ProcessId { get; init; }

    public required int Channel { get; init; }

    /// <summary>As the keeper numbers relays.</summary>
    public int Relay { get; init; } = 1;

    public int Workers { get; init; }

    public string Version { get; init; } = "";

    public int Deaths { get; init; }

    public bool IsDraining { get; init; }

    /// <summary>Where the program is looked for; empty if that is not known.</summary>
    public string Program { get; init; } = "";

    public IReadOnlyList<(string Name, int[] Descriptors)> Held { get; init; } = [];

    /// <summary>All of <see cref="Held"/> is there; else the relay is to be asked.</summary>
    public bool IsWhole { get; init; } = true;

    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"relay {Relay}\nworkers {Workers}\nversion {Hex(Encoding.UTF8.GetBytes(Version))}\n");
        text.Append(CultureInfo.InvariantCulture, $"deaths {Deaths}\ndraining {(IsDraining ? 1 : 0)}\n");
        text.Append(CultureInfo.InvariantCulture, $"program {Hex(Encoding.UTF8.GetBytes(Program))}\n");
        foreach ((string name, int[] descriptors) in Held)
        {
            text.Append(CultureInfo.InvariantCulture, $"hold {Hex(Names.ToBytes(name))} {string.Join(' ', descriptors)}\n");
        }

        return text.Append("end\n").ToString();
    }

    /// <summary>Takes what can be understood.</summary>
    public static KeeperState FromText(string text, int processId, int channel)
    {
        KeeperState state = new() { ProcessId = processId, Channel = channel, IsWhole = false };
        List<(string, int[])> held = [];
        bool isWhole = true;
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(' ');
            switch (words)
            {
                case ["relay", var number] when TryRead(number, out int relay):
                    state = state with { Relay = relay };
                    break;
                case ["workers", var number] when TryRead(number, out int workers):
                    state = state with { Workers = workers };
                    break;
                case ["version", var hex] when TryReadHex(hex, out byte[] version):
                    state = state with { Version = Encoding.UTF8.GetString(version) };
                    break;
                case ["deaths", var number] when TryRead(number, out int deaths):
                    state = state with { Deaths = deaths };
                    break;
                case ["draining", "0" or "1"]:
                    state = state with { IsDraining = words[1] == "1" };
                    break;
                case ["program", var hex] when TryReadHex(hex, out byte[] program):
                    state = state with { Program = Encoding.UTF8.GetString(program) };
                    break;
                case ["hold", ..] when TryReadHold(words, out (string, int[]) item):
                    held.Add(item);
                    break;
                case ["hold", ..]:
                    isWhole = false;
                    break;
                case ["end"]:
                    return state with { Held = held, IsWhole = isWhole };
            }
        }

        return state with { Held = held };
    }

    /// <summary>Writes it to a file that an exec leaves open.</summary>
    /// <returns>The file and the value of <see cref="Variable"/>; null where the system has no room.</returns>
    public unsafe (FdHandle File, string Value)? Save()
    {
        FdHandle file;
        fixed (byte* name = "rtpproxy-keeper\0"u8)
        {
            file = LibC.memfd_create(name, 0);
        }

        ReadOnlySpan<byte> left = Encoding.ASCII.GetBytes(ToText());
        while (!file.IsInvalid && !left.IsEmpty)
        {
            fixed (byte* bytes = left)
            {
                nint written = LibC.write(file.Number, bytes, left.Length);
                if (written <= 0)
                {
                    file.Dispose();
                    return null;
                }

                left = left[(int)written..];
            }
        }

        return file.IsInvalid
            ? null
            : (file, string.Create(CultureInfo.InvariantCulture, $"{file.Number},{Channel},{ProcessId}"));
    }

    /// <summary>What another keeper has left to this process; null if none has. The variable is removed.</summary>
    public static KeeperState? Inherit()
    {
        string? value = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        string[] numbers = (value ?? "").Split(',');
        if (numbers.Length < 3
            || !TryRead(numbers[0], out int file) || !TryRead(numbers[1], out int channel) || !TryRead(numbers[2], out int processId))
        {
            return null;
        }

        using FdHandle handle = FdHandle.Own(file);
        return FromText(ReadAll(handle), processId, channel);
    }

    private static unsafe string ReadAll(FdHandle file)
    {
        List<byte> all = [];
        byte* buffer = stackalloc byte[4096];
        nint count;
        while (all.Count < MaxBytes && (count = LibC.pread(file.Number, buffer, 4096, all.Count)) > 0)
        {
            all.AddRange(new ReadOnlySpan<byte>(buffer, (int)count));
        }

        return Encoding.ASCII.GetString([.. all]);
    }

    private static bool TryReadHold(string[] words, out (string Name, int[] Descriptors) item)
    {
        item = ("", []);
        if (words.Length is < 3 or > 2 + Keeper.MaxDescriptors || !TryReadHex(words[1], out byte[] name) || !Names.IsName(name))
        {
            return false;
        }

        int[] descriptors = new int[words.Length - 2];
        for (int i = 0; i < descriptors.Length; i++)
        {
            if (!TryRead(words[i + 2], out descriptors[i]))
            {
                return false;
            }
        }

        item = (Names.FromBytes(name), descriptors);
        return true;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static bool TryReadHex(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == bytes.Length;
    }

    private static bool TryRead(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

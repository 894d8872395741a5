using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>Who owns a file, and whether it is a socket: what the base library does not tell. Asked after a failure only.</summary>
/// <param name="Mode">As in st_mode.</param>
/// <param name="User">The owner's name, or number if it has none.</param>
/// <param name="Group">The group's name, or number.</param>
internal readonly partial record struct SocketFile(ushort Mode, string User, string Group)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint TypeModeOwners = 0x1 | 0x2 | 0x8 | 0x10; // STATX_TYPE, STATX_MODE, STATX_UID, STATX_GID
    private const int StructLength = 256; // struct statx
    private const int UserAt = 20;
    private const int GroupAt = 24;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000; // S_IFMT
    private const int SocketType = 0xC000; // S_IFSOCK

    public bool IsSocket => (Mode & TypeMask) == SocketType;

    /// <summary>Null when that cannot be known.</summary>
    public static SocketFile? Read(string path)
    {
        byte[] result = new byte[StructLength];
        try
        {
            if (Statx(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), 0, TypeModeOwners, result) != 0)
            {
                return null;
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }

        uint user = Read32(result, UserAt);
        uint group = Read32(result, GroupAt);
        ushort mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(result.AsSpan(ModeAt))
            : BinaryPrimitives.ReadUInt16BigEndian(result.AsSpan(ModeAt));
        return new SocketFile(mode, NameIn("/etc/passwd", user), NameIn("/etc/group", group));
    }

    private static uint Read32(byte[] bytes, int at) => BitConverter.ToUInt32(bytes, at);

    // Both files have name:password:number:...
    private static string NameIn(string file, uint number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ReadLines(file)
                .Select(line => line.Split(':'))
                .FirstOrDefault(words => words.Length > 2 && words[2] == text)?[0] ?? text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return text;
        }
    }

    // Arguments that need no conversion, so that the project needs no unsafe code.
    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, byte[] result);
}

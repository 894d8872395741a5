using System.ComponentModel;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// Memory that other processes can have too, by its descriptor. Its size is fixed from the start; what is never touched takes no
/// room.
/// </summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    private const int Seals = LibC.F_SEAL_SHRINK | LibC.F_SEAL_GROW | LibC.F_SEAL_SEAL;

    private readonly FdHandle _file;
    private nint _start;

    private SharedMemory(FdHandle file, nint start, long length)
    {
        _file = file;
        _start = start;
        Length = length;
    }

    public byte* Start => (byte*)_start;

    public long Length { get; }

    public int Descriptor => _file.Number;

    /// <summary>All zeros.</summary>
    /// <exception cref="Win32Exception">There is no room for it, not even in name.</exception>
    public static SharedMemory Create(long length)
    {
        FdHandle file;
        fixed (byte* name = "rtpproxy-sessions\0"u8)
        {
            file = LibC.memfd_create(name, LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
        }

        try
        {
            // Sealed: whoever has it mapped shall not meet an end that somebody else has moved.
            if (file.IsInvalid
                || LibC.ftruncate(file.Number, length) != 0
                || LibC.fcntl(file.Number, LibC.F_ADD_SEALS, Seals) != 0)
            {
                throw new Win32Exception((int)LibC.LastErrno);
            }

            return Map(file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What another process has made.</summary>
    /// <param name="file">Owned from now on if it can be used; else the caller's.</param>
    /// <exception cref="Win32Exception">It cannot be mapped.</exception>
    /// <exception cref="InvalidDataException">It is none that was made so.</exception>
    public static SharedMemory Open(FdHandle file, long length)
    {
        bool isOurs = FileStatus.TryRead(file, out FileStatus status) == Errno.None
            && status.Size == length
            && LibC.fcntl(file.Number, LibC.F_GET_SEALS, 0) == Seals;
        return isOurs ? Map(file, length) : throw new InvalidDataException("it has another size");
    }

    /// <summary>The first bytes of it, as they are now.</summary>
    /// <param name="file">Stays the caller's.</param>
    /// <exception cref="InvalidDataException">There are not so many, or whoever made it did not make it to stay as it is.</exception>
    public static void Peek(FdHandle file, Span<byte> first)
    {
        if (LibC.fcntl(file.Number, LibC.F_GET_SEALS, 0) != Seals)
        {
            throw new InvalidDataException("it is something else");
        }

        fixed (byte* bytes = first)
        {
            if (LibC.pread(file.Number, bytes, first.Length, 0) != first.Length)
            {
                throw new InvalidDataException("it is too short");
            }
        }
    }

    /// <summary>Takes room for a part, so that writing to it cannot fail. False when there is none.</summary>
    public bool TryTakeRoom(long offset, long length) =>
        LibC.fallocate(_file.Number, LibC.FALLOC_FL_KEEP_SIZE, offset, length) == 0;

    /// <summary>Gives the room of a part back: it is all zeros then.</summary>
    public void GiveRoomBack(long offset, long length) =>
        _ = LibC.fallocate(_file.Number, LibC.FALLOC_FL_KEEP_SIZE | LibC.FALLOC_FL_PUNCH_HOLE, offset, length);

    public void Dispose()
    {
        if (_start != 0)
        {
            _ = LibC.munmap(_start, (nint)Length);
            _start = 0;
        }

        _file.Dispose();
    }

    private static SharedMemory Map(FdHandle file, long length)
    {
        nint start = LibC.mmap(null, (nint)length, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, file.Number, 0);
        if (start == LibC.MAP_FAILED)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }

        // A core dump would touch every page of it, and write it, while calls wait: the descriptors of a process close after that.
        _ = LibC.madvise(start, (nint)length, LibC.MADV_DONTDUMP);
        return new SharedMemory(file, start, length);
    }
}

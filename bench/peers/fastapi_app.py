"""FastAPI with SQLAlchemy 2 (async, on asyncpg) and pydantic, as its documentation shows it."""

import hashlib
import json
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field, field_serializer, field_validator
from redis.asyncio import Redis
from sqlalchemy import BigInteger, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.domain.ids import new_id
from app.domain.times import iso_from_ms
from app.gateways.redis.rate_limiter import _SCRIPT

_LIMIT = int(os.environ["BENCH_RATE_LIMIT"])
_DAILY = int(os.environ["BENCH_DAILY_LIMIT"])
_PROFILE = re.compile(r"https?://(?:(?:www|[a-z]{2})\.)?linkedin\.com/in/[^/?#\s]+/?(?:\?\S*)?")
_URL = re.sub("^postgres(ql)?:", "postgresql+asyncpg:", os.environ["BENCH_DATABASE_URL"])

engine = create_async_engine(_URL, pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
redis = Redis.from_url(os.environ["BENCH_REDIS_URL"])
rate_limiter = redis.register_script(_SCRIPT)


class Base(DeclarativeBase):
    pass


class ApiKey(Base):
    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    token_hash: Mapped[str]
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)


class Account(Base):
    __tablename__ = "linkedin_accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    status: Mapped[str]
    is_default: Mapped[bool]


class DailyCount(Base):
    __tablename__ = "daily_counts"
    linkedin_account_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    created: Mapped[int]
    completed: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)


class Task(Base):
    __tablename__ = "tasks"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    id: Mapped[str]
    workspace_id: Mapped[str]
    linkedin_account_id: Mapped[str]
    action_type: Mapped[str]
    status: Mapped[str]
    payload: Mapped[str]
    priority: Mapped[int]
    max_retries: Mapped[int]
    attempt_count: Mapped[int] = mapped_column(default=0)
    claim_count: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None]
    scheduled_at: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[int | None] = mapped_column(BigInteger)
    completed_at: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(default=1)


class Payload(BaseModel):
    profile_url: str = Field(max_length=2_048)
    message: str | None = Field(None, max_length=8_000)

    @field_validator("profile_url")
    @classmethod
    def is_profile(cls, value: str) -> str:
        if not _PROFILE.fullmatch(value):
            raise ValueError("must be the address of a profile")
        return value


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")
    action_type: Literal["connect", "message", "follow", "view_profile", "withdraw_connection"]
    linkedin_account_id: str | None = None
    payload: Payload
    priority: int = Field(0, ge=0, le=10)
    max_retries: int = Field(3, ge=0, le=10)


class ShownTask(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: str
    action_type: str
    status: str
    linkedin_account_id: str
    payload: Any
    priority: int
    max_retries: int
    attempts: int = Field(validation_alias="attempt_count")
    result: Any
    scheduled_at: int | None
    created_at: int
    updated_at: int
    started_at: int | None
    completed_at: int | None

    @field_validator("payload", "result", mode="before")
    @classmethod
    def read(cls, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    @field_serializer("scheduled_at", "created_at", "updated_at", "started_at", "completed_at")
    def time(self, value: int | None) -> str | None:
        return None if value is None else iso_from_ms(value)


class OneTask(BaseModel):
    task: ShownTask


class Page(BaseModel):
    tasks: list[ShownTask]
    limit: int
    offset: int
    has_more: bool


async def session() -> AsyncIterator[AsyncSession]:
    async with sessions() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]
_keys: dict[str, tuple[str, float]] = {}


async def workspace(
    response: Response, database: Session, authorization: Annotated[str, Header()]
) -> str:
    digest = hashlib.sha256(authorization.removeprefix("Bearer ").encode()).hexdigest()
    known = _keys.get(digest)
    if known is None or time.monotonic() - known[1] > 4:
        query = select(ApiKey).where(ApiKey.token_hash == digest, ApiKey.revoked_at.is_(None))
        key = await database.scalar(query)
        if key is None:
            raise HTTPException(401, "unauthorized")
        known = _keys[digest] = (key.workspace_id, time.monotonic())
    fits, left, wait = await rate_limiter(
        keys=[f"zenmode:limit:{known[0]}"], args=[_LIMIT, 1, 60_000], client=redis
    )
    response.headers["X-RateLimit-Limit"] = str(_LIMIT)
    response.headers["X-RateLimit-Remaining"] = str(left)
    response.headers["X-RateLimit-Reset"] = str(max(1, -(-wait // 1_000)))
    if not fits:
        raise HTTPException(429, "rate_limited")
    return known[0]


Workspace = Annotated[str, Depends(workspace)]


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


@app.post("/api/v1/tasks", status_code=201)
async def create(order: Order, workspace: Workspace, database: Session) -> OneTask:
    now = time.time_ns() // 1_000_000
    wanted = select(Account).where(
        Account.workspace_id == workspace, Account.status != "disconnected"
    )
    if order.linkedin_account_id is not None:
        wanted = wanted.where(Account.id == order.linkedin_account_id)
    account = await database.scalar(wanted.order_by(Account.is_default.desc()).limit(1))
    if account is None:
        raise HTTPException(400, "no account")
    counted = (
        insert(DailyCount)
        .values(
            linkedin_account_id=account.id,
            day=datetime.now(UTC).date().isoformat(),
            workspace_id=workspace,
            created=1,
            completed=0,
            failed=0,
            cancelled=0,
        )
        .on_conflict_do_update(
            index_elements=["linkedin_account_id", "day"],
            set_={"created": DailyCount.created + 1},
            where=DailyCount.created < _DAILY,
        )
        .returning(DailyCount.created)
    )
    if await database.scalar(counted) is None:
        raise HTTPException(429, "daily_task_limit")
    task = Task(
        id=new_id("task", now),
        workspace_id=workspace,
        linkedin_account_id=account.id,
        action_type=order.action_type,
        status="pending",
        payload=order.payload.model_dump_json(exclude_none=True),
        priority=order.priority,
        max_retries=order.max_retries,
        created_at=now,
        updated_at=now,
    )
    database.add(task)
    await database.commit()
    shown = OneTask(task=ShownTask.model_validate(task))
    await redis.publish("bench:events", shown.model_dump_json())
    return shown


@app.get("/api/v1/tasks/{task_id}")
async def get(task_id: str, workspace: Workspace, database: Session) -> OneTask:
    query = select(Task).where(Task.id == task_id, Task.workspace_id == workspace)
    task = await database.scalar(query)
    if task is None:
        raise HTTPException(404, "not_found")
    return OneTask(task=ShownTask.model_validate(task))


@app.get("/api/v1/tasks")
async def page(workspace: Workspace, database: Session, limit: int = 50, offset: int = 0) -> Page:
    query = select(Task).where(Task.workspace_id == workspace).order_by(Task.seq.desc())
    found = (await database.scalars(query.limit(limit + 1).offset(offset))).all()
    tasks = [ShownTask.model_validate(task) for task in found[:limit]]
    return Page(tasks=tasks, limit=limit, offset=offset, has_more=len(found) > limit)
